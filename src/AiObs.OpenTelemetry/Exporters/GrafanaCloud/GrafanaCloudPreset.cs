using System.Text;
using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.GrafanaCloud;

/// <summary>The OTLP gateway of Grafana Cloud.</summary>
internal sealed class GrafanaCloudPreset : ExporterPreset<GrafanaCloudExporterOptions>
{
    private const string OtlpPath = "/otlp";
    private const string ZoneVariable = "GRAFANA_CLOUD_ZONE";
    private const string InstanceVariable = "GRAFANA_CLOUD_INSTANCE_ID";
    private const string TokenVariable = "GRAFANA_CLOUD_API_KEY";

    public override string DefaultName => "GrafanaCloud";

    public override void ReadEnvironment(GrafanaCloudExporterOptions options, Func<string, string?> read)
    {
        options.Zone = read(ZoneVariable) ?? options.Zone;
        options.InstanceId = read(InstanceVariable) ?? options.InstanceId;
        options.Token = read(TokenVariable) ?? options.Token;
    }

    public override void Bind(IConfiguration section, GrafanaCloudExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(GrafanaCloudExporterOptions options) => new()
    {
        Endpoint = BackendAddress.ForTraces(options.Endpoint ?? new Uri($"https://otlp-gateway-{options.Zone}.grafana.net"), OtlpPath),
        Headers = new Dictionary<string, string>
        {
            ["authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.InstanceId}:{options.Token}"))}",
        },
    };

    protected override void CheckAddress(GrafanaCloudExporterOptions options, ProblemList problems)
    {
        if (options.Endpoint is not null)
        {
            base.CheckAddress(options, problems);
        }
        else if (!HostNames.IsLabel(options.Zone))
        {
            problems.Add(
                nameof(options.Zone),
                $"is missing or no zone. Set it, or the environment variable {ZoneVariable}, to one such as prod-eu-west-2, or set Endpoint.");
        }
    }

    protected override void FindProblems(GrafanaCloudExporterOptions options, ProblemList problems)
    {
        CheckKey(nameof(options.InstanceId), options.InstanceId, InstanceVariable, "the id of the stack's OTLP instance", problems);
        CheckKey(nameof(options.Token), options.Token, TokenVariable, "a token with the scope traces:write", problems);
        if (options.InstanceId is { Length: > 0 } id && id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            problems.Add(nameof(options.InstanceId), "is no number. Give the id that stands beside the OTLP endpoint of the stack.");
        }
    }
}
