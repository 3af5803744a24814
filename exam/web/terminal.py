from flask import Blueprint

bp = Blueprint("terminal", __name__, url_prefix="/terminal")
