using System.Text;
using OpenTelemetry.Exporter;
using Options = AiObs.OpenTelemetry.OtlpBackendExporterOptions;
using Rule = AiObs.OpenTelemetry.Backends.BackendRule<AiObs.OpenTelemetry.OtlpBackendExporterOptions>;
using Setting = AiObs.OpenTelemetry.Backends.BackendSetting<AiObs.OpenTelemetry.OtlpBackendExporterOptions>;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>What each backend asks for. A further one is one more entry here, a name in <see cref="OtlpBackend"/> and a page in <c>docs/backends</c>.</summary>
internal static class BackendRules
{
    private const string LangfuseKey = "the key from the settings of the Langfuse project";
    private const string DefaultSite = "datadoghq.com";

    private static readonly Dictionary<OtlpBackend, Rule> Others = new()
    {
        // The variables of OTLP belong to the exporter of the SDK.
        [OtlpBackend.Generic] = new()
        {
            Name = "OtlpBackend",
            Page = "docs/backends/otlp.md",
            Protocol = o => o.Protocol ?? OtlpExportProtocol.HttpProtobuf,
        },
        [OtlpBackend.Aspire] = new()
        {
            Name = "Aspire",
            Page = "docs/backends/aspire.md",
            Place = new(nameof(Options.Endpoint), _ => "http://localhost:4317", (_, _) => { }),
            Protocol = o => o.Protocol ?? OtlpExportProtocol.Grpc,
            Settings = [ApiKey("DASHBOARD__OTLP__PRIMARYAPIKEY", needed: null)],
            Headers = { [AspireEnvironment.ApiKeyHeader] = o => o.ApiKey },
            ReadMore = AspireEnvironment.Read,
        },
        [OtlpBackend.Datadog] = new()
        {
            Name = "Datadog",
            Page = "docs/backends/datadog.md",
            Place = Named(
                nameof(Options.Site),
                o => HostNames.IsDomain(o.Site ?? DefaultSite),
                o => $"https://otlp.{o.Site ?? DefaultSite}",
                "is no Datadog site. Give one such as datadoghq.eu, or the environment variable DD_SITE."),
            Settings =
            [
                new(nameof(Options.Site), o => o.Site, (o, value) => o.Site = value, "DD_SITE"),
                ApiKey("DD_API_KEY", "an API key from the settings of the Datadog organization"),
                new(nameof(Options.MlApp), o => o.MlApp, (o, value) => o.MlApp = value, "DD_LLMOBS_ML_APP"),
            ],
            Headers = { ["dd-api-key"] = o => o.ApiKey, ["dd-otlp-source"] = _ => "llmobs", ["dd-ml-app"] = o => o.MlApp },

            // Tells Datadog to make traces of Agent Observability from GenAI spans.
            Resource = { ["dd_llmobs_enabled"] = _ => "true" },

            // The intake refuses requests above 3.2 MB.
            LargestBatch = 128,
        },
        [OtlpBackend.Dynatrace] = new()
        {
            Name = "Dynatrace",
            Page = "docs/backends/dynatrace.md",
            AddressVariables = ["DT_ENDPOINT"],
            Place = Named(
                nameof(Options.EnvironmentId),
                o => HostNames.IsLabel(o.EnvironmentId),
                o => $"https://{o.EnvironmentId}.live.dynatrace.com",
                "is missing or no id of an environment. Give one such as abc12345, or set Endpoint."),
            OtlpPath = "/api/v2/otlp",

            // OneAgent listens on it alone, environments and ActiveGates below /api/v2.
            OtlpPathMark = "/otlp",
            Settings =
            [
                new(nameof(Options.PlatformToken), o => o.PlatformToken, (o, value) => o.PlatformToken = value, "DT_PLATFORM_TOKEN"),
                ApiKey("DT_API_TOKEN", "a token with the scope openTelemetryTrace.ingest; or set PlatformToken or DT_PLATFORM_TOKEN") with
                {
                    IsNeeded = o => string.IsNullOrWhiteSpace(o.PlatformToken),
                },
            ],
            Headers = { ["authorization"] = o => string.IsNullOrWhiteSpace(o.PlatformToken) ? $"Api-Token {o.ApiKey}" : $"Bearer {o.PlatformToken}" },
        },
        [OtlpBackend.GrafanaCloud] = new()
        {
            Name = "GrafanaCloud",
            Page = "docs/backends/grafana-cloud.md",
            Place = Named(
                nameof(Options.Zone),
                o => HostNames.IsLabel(o.Zone),
                o => $"https://otlp-gateway-{o.Zone}.grafana.net",
                "is missing or no zone. Set it, or the environment variable GRAFANA_CLOUD_ZONE, to one such as prod-eu-west-2, or set Endpoint."),
            OtlpPath = "/otlp",
            Settings =
            [
                new(nameof(Options.Zone), o => o.Zone, (o, value) => o.Zone = value, "GRAFANA_CLOUD_ZONE"),
                new(
                    nameof(Options.InstanceId),
                    o => o.InstanceId,
                    (o, value) => o.InstanceId = value,
                    "GRAFANA_CLOUD_INSTANCE_ID",
                    "the id of the stack's OTLP instance"),
                ApiKey("GRAFANA_CLOUD_API_KEY", "a token with the scope traces:write"),
            ],
            Headers = { ["authorization"] = o => Basic(o.InstanceId, o.ApiKey) },
            CheckMore = CheckInstance,
        },
        [OtlpBackend.Honeycomb] = new()
        {
            Name = "Honeycomb",
            Page = "docs/backends/honeycomb.md",
            AddressVariables = ["HONEYCOMB_API_ENDPOINT"],
            Place = Regions(new()
            {
                [BackendRegion.Us] = "https://api.honeycomb.io",
                [BackendRegion.Eu] = "https://api.eu1.honeycomb.io",
            }),
            Settings =
            [
                ApiKey("HONEYCOMB_API_KEY", "an ingest key of the Honeycomb environment"),
                new(nameof(Options.Dataset), o => o.Dataset, (o, value) => o.Dataset = value, "HONEYCOMB_DATASET"),
            ],
            Headers = { ["x-honeycomb-team"] = o => o.ApiKey, ["x-honeycomb-dataset"] = o => o.Dataset },
        },
        [OtlpBackend.LangSmith] = new()
        {
            Name = "LangSmith",
            Page = "docs/backends/langsmith.md",
            AddressVariables = ["LANGSMITH_ENDPOINT"],
            Place = Regions(new()
            {
                [BackendRegion.Us] = "https://api.smith.langchain.com",
                [BackendRegion.Eu] = "https://eu.api.smith.langchain.com",
                [BackendRegion.Apac] = "https://apac.api.smith.langchain.com",
                [BackendRegion.AwsUs] = "https://aws.api.smith.langchain.com",
            }),
            OtlpPath = "/otel",
            Settings =
            [
                ApiKey("LANGSMITH_API_KEY", "an API key from the settings of LangSmith"),
                new(nameof(Options.ProjectName), o => o.ProjectName, (o, value) => o.ProjectName = value, "LANGSMITH_PROJECT"),
            ],
            Headers = { ["x-api-key"] = o => o.ApiKey, ["Langsmith-Project"] = o => o.ProjectName },
        },
        [OtlpBackend.NewRelic] = new()
        {
            Name = "NewRelic",
            Page = "docs/backends/new-relic.md",
            Place = Regions(new()
            {
                [BackendRegion.Us] = "https://otlp.nr-data.net",
                [BackendRegion.Eu] = "https://otlp.eu01.nr-data.net",
                [BackendRegion.FedRamp] = "https://gov-otlp.nr-data.net",
            }),
            Settings = [ApiKey("NEW_RELIC_LICENSE_KEY", "a license key of the New Relic account")],
            Headers = { ["api-key"] = o => o.ApiKey },

            // Requests above 1 MB are refused.
            LargestBatch = 64,
            IsCompressed = true,
        },
    };

    public static BackendRule<PhoenixExporterOptions> Phoenix { get; } = new()
    {
        Name = "Phoenix",
        Page = "docs/backends/phoenix.md",
        AddressVariables = ["PHOENIX_COLLECTOR_ENDPOINT"],
        Settings =
        [
            new(nameof(PhoenixExporterOptions.ApiKey), o => o.ApiKey, (o, value) => o.ApiKey = value, "PHOENIX_API_KEY"),
            new(nameof(PhoenixExporterOptions.ProjectName), o => o.ProjectName, (o, value) => o.ProjectName = value, "PHOENIX_PROJECT_NAME"),
        ],
        Headers = { ["authorization"] = o => string.IsNullOrEmpty(o.ApiKey) ? null : $"Bearer {o.ApiKey}" },
        Resource = { ["openinference.project.name"] = o => o.ProjectName },
    };

    public static BackendRule<LangfuseExporterOptions> Langfuse { get; } = new()
    {
        Name = "Langfuse",
        Page = "docs/backends/langfuse.md",
        AddressVariables = ["LANGFUSE_BASE_URL", "LANGFUSE_HOST"],
        OtlpPath = "/api/public/otel",
        Settings =
        [
            new(nameof(LangfuseExporterOptions.PublicKey), o => o.PublicKey, (o, value) => o.PublicKey = value, "LANGFUSE_PUBLIC_KEY", LangfuseKey),
            new(nameof(LangfuseExporterOptions.SecretKey), o => o.SecretKey, (o, value) => o.SecretKey = value, "LANGFUSE_SECRET_KEY", LangfuseKey),
        ],
        Headers =
        {
            ["authorization"] = o => Basic(o.PublicKey, o.SecretKey),

            // Without it Langfuse takes the older way in, on which spans show up minutes later.
            ["x-langfuse-ingestion-version"] = _ => "4",
        },
    };

    /// <summary>Returns the rule of a backend that has no method of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such backend.</exception>
    public static Rule Of(OtlpBackend backend) => Others.TryGetValue(backend, out var rule)
        ? rule
        : throw new ArgumentOutOfRangeException(nameof(backend), backend, "There is no such backend.");

    private static Setting ApiKey(string variable, string? needed) =>
        new(nameof(Options.ApiKey), o => o.ApiKey, (o, value) => o.ApiKey = value, variable, needed);

    private static string Basic(string? user, string? password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    private static BackendPlace<Options> Named(string option, Predicate<Options> isRight, Func<Options, string> address, string problem) =>
        new(option, address, (options, checks) =>
        {
            if (!isRight(options))
            {
                checks.Fail(option, problem);
            }
        });

    private static BackendPlace<Options> Regions(OrderedDictionary<BackendRegion, string> addresses) => new(
        nameof(Options.Region),
        o => addresses[o.Region ?? BackendRegion.Us],
        (o, checks) => checks.KnownAmong(nameof(Options.Region), o.Region ?? BackendRegion.Us, addresses.Keys));

    private static void CheckInstance(Options options, OptionChecks checks)
    {
        if (options.InstanceId is { Length: > 0 } id && id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            checks.Fail(nameof(options.InstanceId), "is no number. Give the id that stands beside the OTLP endpoint of the stack.");
        }
    }
}
