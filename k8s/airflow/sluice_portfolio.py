"""The reference pipeline, once a business day: what is new goes from the landing to the warehouse.

Lies in the DAG folder beside sluice-run.yaml, the SparkApplication that it submits.
"""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.sdk import DAG
from airflow.timetables.interval import CronDataIntervalTimetable

application = yaml.safe_load(Path(__file__).with_name("sluice-run.yaml").read_text(encoding="utf-8"))
# The business days that must be complete at the end: on Monday that is Friday, else the day before.
application["spec"]["arguments"] += [
    "--from",
    "{{ data_interval_start | ds }}",
    "--to",
    "{{ data_interval_end | ds }}",
]

with DAG(
    dag_id="sluice_portfolio",
    description="Holdings, securities and portfolios: from workbooks to the star schema",
    # Half an hour after workbooks are due. A bare cron text would give intervals without a length, which
    # the application refuses.
    schedule=CronDataIntervalTimetable("0 8 * * 1-5", timezone="UTC"),
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["sluice"],
) as dag:
    SparkKubernetesOperator(
        task_id="run",
        namespace=application["metadata"]["namespace"],
        template_spec=application,
        # A refused file is answered once (exit code 4): a second try would be green and hide it.
        retries=0,
        execution_timeout=timedelta(hours=2),
        # The driver's pod stays for whoever looks into a failure, until timeToLiveSeconds.
        delete_on_termination=False,
        # There is no sidecar that could hand a result over.
        do_xcom_push=False,
    )
