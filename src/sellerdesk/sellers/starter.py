"""What a fresh marketplace asks of its sellers, and the contract it starts with. Operators change both in the console."""

from __future__ import annotations

from typing import NamedTuple


class StarterItem(NamedTuple):
    audience: str
    kind: str
    key: str
    en: str
    ru: str
    zh: str
    required: bool = True
    amount: int = 1


_OFFER = ("accept_offer", "accept_offer", "Accept the offer", "Принять оферту", "接受合作协议")
_PHONE = ("phone", "phone", "Confirm a telephone number", "Подтвердить номер телефона", "验证手机号码")
_PROFILE = ("profile_complete", "profile_complete", "Complete the data of the company", "Заполнить данные компании",
            "完善公司资料")
_WAREHOUSE = ("warehouse", "warehouse", "Add a warehouse", "Добавить склад", "添加仓库")
_PRODUCTS = ("min_products", "min_products", "Add the first product", "Добавить первый товар", "添加第一件商品")
_REVIEW = ("operator_review", "operator_review", "Pass the review", "Пройти проверку", "通过审核")

ITEMS = (
    StarterItem("domestic", *_OFFER),
    StarterItem("domestic", *_PHONE),
    StarterItem("domestic", *_PROFILE),
    StarterItem("domestic", "document", "registration_certificate", "Extract from the register of companies (ЕГРЮЛ or ЕГРИП), not older than 30 days",
                "Выписка из ЕГРЮЛ или ЕГРИП не старше 30 дней", "公司登记簿摘录（ЕГРЮЛ 或 ЕГРИП），出具日期在 30 天以内"),
    StarterItem("domestic", "document", "director_identity", "Passport of the director: the page with the photo",
                "Паспорт руководителя: страница с фотографией", "法定代表人护照：照片页"),
    StarterItem("domestic", "attestation", "goods_lawful",
                "I confirm that the goods are original, certified where the law asks for it, and may be sold in the country of the marketplace",
                "Подтверждаю, что товары подлинные, сертифицированы там, где этого требует закон, и разрешены к продаже в стране маркетплейса",
                "我确认所售商品均为正品，依法需认证的已取得认证，且允许在平台所在国销售"),
    StarterItem("domestic", *_WAREHOUSE),
    StarterItem("domestic", *_PRODUCTS, required=False),
    StarterItem("domestic", *_REVIEW),
    StarterItem("cross_border", *_OFFER),
    StarterItem("cross_border", *_PHONE),
    StarterItem("cross_border", *_PROFILE),
    StarterItem("cross_border", "document", "registration_certificate",
                "Certificate of registration of the company, with a translation into Russian or English",
                "Свидетельство о регистрации компании с переводом на русский или английский",
                "公司注册证书，附俄文或英文译文"),
    StarterItem("cross_border", "document", "director_identity", "Passport or identity card of the director",
                "Паспорт или удостоверение личности руководителя", "法定代表人的护照或身份证"),
    StarterItem("cross_border", "document", "bank_letter", "Letter of the bank about the account for payouts",
                "Письмо банка о счёте для выплат", "收款账户的银行证明"),
    StarterItem("cross_border", "attestation", "goods_lawful",
                "I confirm that the goods are original, pass customs lawfully and may be sold in the country of the marketplace",
                "Подтверждаю, что товары подлинные, законно проходят таможню и разрешены к продаже в стране маркетплейса",
                "我确认所售商品均为正品，合法通关，且允许在平台所在国销售"),
    StarterItem("cross_border", "attestation", "export_duties",
                "I confirm that I declare exports and pay the taxes of my own country myself",
                "Подтверждаю, что сам декларирую экспорт и плачу налоги своей страны",
                "我确认自行办理出口申报并缴纳本国税款"),
    StarterItem("cross_border", *_WAREHOUSE),
    StarterItem("cross_border", *_PRODUCTS, required=False),
    StarterItem("cross_border", *_REVIEW),
    # Chinese companies hand in the licence that carries their 18-character code, in place of the general certificate.
    StarterItem("CN", "document", "registration_certificate", "Business licence (营业执照) with the unified social credit code",
                "Бизнес-лицензия (营业执照) с единым кодом социального кредита", "营业执照（载有统一社会信用代码）"),
    StarterItem("CN", "document", "charter", "Articles of association with the seal of the company",
                "Устав с печатью компании", "加盖公章的公司章程", required=False),
)

OFFER_VERSION = "1.0"
OFFER_TEXTS = {
    "en": """1. The marketplace shows your goods to buyers, takes their orders and payments and passes the money on to you, less its fees.
2. You sell only goods that are yours to sell, original, safe and lawful, and describe them truthfully.
3. You keep the stock and the prices you state, pack orders in time and accept returns as the law and the rules of the marketplace ask.
4. Fees, deadlines and penalties are those of the rules in force on the day of each order. Changes are announced before they take effect.
5. You keep your passwords, keys and codes to yourself and answer for what your staff does in the shop.
6. Data of buyers serve their orders alone. You do not pass them on and do not write to buyers outside the marketplace.
7. The marketplace may ask for papers, and suspend a shop while a breach of these terms is cleared up. It names the reason.
8. Either side may end this contract with 14 days' notice. Orders already taken are carried out, and the balance is paid out.""",
    "ru": """1. Маркетплейс показывает ваши товары покупателям, принимает заказы и оплату и перечисляет вам деньги за вычетом своих комиссий.
2. Вы продаёте только те товары, которыми вправе распоряжаться: подлинные, безопасные и разрешённые законом, и описываете их правдиво.
3. Вы поддерживаете указанные остатки и цены, собираете заказы в срок и принимаете возвраты по закону и правилам маркетплейса.
4. Комиссии, сроки и штрафы определяются правилами, действующими в день заказа. Об изменениях сообщается до их вступления в силу.
5. Вы храните пароли, ключи и коды в тайне и отвечаете за действия своих сотрудников в магазине.
6. Данные покупателей служат только их заказам. Вы не передаёте их и не пишете покупателям вне маркетплейса.
7. Маркетплейс может запросить документы и приостановить магазин на время разбора нарушения этих условий. Причину он называет.
8. Любая сторона может прекратить договор, предупредив за 14 дней. Принятые заказы выполняются, остаток на счёте выплачивается.""",
    "zh": """1. 平台向买家展示您的商品，接收订单与付款，并在扣除平台费用后将款项转给您。
2. 您只销售有权销售的商品：正品、安全、合法，并如实描述。
3. 您保证所公布的库存与价格有效，按时打包订单，并依照法律和平台规则受理退货。
4. 费用、时限与罚则以每笔订单当日有效的规则为准。规则变更在生效前公布。
5. 您妥善保管密码、密钥和验证码，并对员工在店铺内的操作负责。
6. 买家信息仅用于履行其订单。您不得转交他人，也不得在平台之外联系买家。
7. 平台可要求提供文件，并可在查明违约情况期间暂停店铺，同时说明原因。
8. 任何一方均可提前 14 天通知终止本协议。已接受的订单继续履行，账户余额予以结清。""",
}
