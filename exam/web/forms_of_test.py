from flask import Blueprint

bp = Blueprint("forms_of_test", __name__, url_prefix="/forms_of_test")
