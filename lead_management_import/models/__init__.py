from . import crm_lead_import
from . import crm_lead_import_job
from . import base_import_mapping
from . import base_import
from . import ir_fields_converter
from . import crm_lead
