using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry;

/// <summary>How spans are sent to a backend that speaks OTLP. Each option but the common ones says which backends have it.</summary>
/// <remarks>An option that the backend does not have fails the build of the provider when it is set.</remarks>
public sealed class OtlpBackendExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of the backend; the paths of the backend and of the signal are appended unless it has them.</summary>
    /// <value>
    /// The default is what the backend's environment variable says, else <see langword="null"/>: that of <see cref="Region"/>,
    /// <see cref="Site"/>, <see cref="Zone"/> or <see cref="EnvironmentId"/>, and <c>http://localhost:4317</c> of Aspire. For
    /// <see cref="OtlpBackend.Generic"/> it must be set, and <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is not read: that is what
    /// <c>AddOtlpExporter</c> does.
    /// </value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets how spans are carried. Of <see cref="OtlpBackend.Generic"/> and Aspire.</summary>
    /// <value>
    /// The default is <see langword="null"/>: <see cref="OtlpExportProtocol.HttpProtobuf"/>. Of Aspire it is <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>
    /// where that names the protocol of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, HTTP where the address comes from a variable for HTTP, else
    /// <see cref="OtlpExportProtocol.Grpc"/>.
    /// </value>
    public OtlpExportProtocol? Protocol { get; set; }

    /// <summary>Gets or sets where the backend keeps the data. Of Honeycomb, LangSmith and New Relic.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="BackendRegion.Us"/>. It has no effect where <see cref="Endpoint"/> is set.</value>
    public BackendRegion? Region { get; set; }

    /// <summary>Gets or sets the key or token that the backend asks for. Of all but <see cref="OtlpBackend.Generic"/>, which has <c>Headers</c>.</summary>
    /// <value>
    /// The default is <c>DD_API_KEY</c>, <c>DT_API_TOKEN</c>, <c>GRAFANA_CLOUD_API_KEY</c>, <c>HONEYCOMB_API_KEY</c>, <c>LANGSMITH_API_KEY</c> or
    /// <c>NEW_RELIC_LICENSE_KEY</c>. Must be set, except for Aspire, whose key is <c>x-otlp-api-key</c> in <c>OTEL_EXPORTER_OTLP_HEADERS</c>, of
    /// which nothing else is read, else <c>DASHBOARD__OTLP__PRIMARYAPIKEY</c>, else none; and for Dynatrace with a <see cref="PlatformToken"/>.
    /// </value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets a platform token with the scope <c>openpipeline:traces:ingest</c>, which is sent as a bearer token. Of Dynatrace.</summary>
    /// <value>The default is <c>DT_PLATFORM_TOKEN</c>. It is used where <see cref="ApiKey"/> is set too.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? PlatformToken { get; set; }

    /// <summary>Gets or sets the project that traces belong to. Of LangSmith.</summary>
    /// <value>The default is <c>LANGSMITH_PROJECT</c>, else <see langword="null"/>: LangSmith takes its project <c>default</c>. Printable ASCII.</value>
    public string? ProjectName { get; set; }

    /// <summary>Gets or sets the dataset, which only Honeycomb Classic asks for. Of Honeycomb.</summary>
    /// <value>
    /// The default is <c>HONEYCOMB_DATASET</c>, else <see langword="null"/>: Honeycomb takes the name of the service. Printable ASCII.
    /// </value>
    public string? Dataset { get; set; }

    /// <summary>Gets or sets the application that traces are grouped under in Agent Observability. Of Datadog.</summary>
    /// <value>
    /// The default is <c>DD_LLMOBS_ML_APP</c>, else <see langword="null"/>: Datadog takes the name of the service. Printable ASCII.
    /// </value>
    public string? MlApp { get; set; }

    /// <summary>Gets or sets the Datadog site, such as <c>datadoghq.eu</c> or <c>us5.datadoghq.com</c>. Of Datadog.</summary>
    /// <value>
    /// The default is <c>DD_SITE</c>, else <see langword="null"/>: <c>datadoghq.com</c>. Lower-case letters, digits, hyphens and dots. It has no
    /// effect where <see cref="Endpoint"/> is set.
    /// </value>
    public string? Site { get; set; }

    /// <summary>Gets or sets the zone of the stack, such as <c>prod-eu-west-2</c>: the part of its OTLP endpoint behind <c>otlp-gateway-</c>. Of Grafana Cloud.</summary>
    /// <value>The default is <c>GRAFANA_CLOUD_ZONE</c>. Lower-case letters, digits and hyphens. Must be set unless <see cref="Endpoint"/> is.</value>
    public string? Zone { get; set; }

    /// <summary>Gets or sets the id of the stack's OTLP instance. Of Grafana Cloud.</summary>
    /// <value>The default is <c>GRAFANA_CLOUD_INSTANCE_ID</c>. Digits. Must be set.</value>
    public string? InstanceId { get; set; }

    /// <summary>Gets or sets the id of the environment, such as <c>abc12345</c>. Of Dynatrace.</summary>
    /// <value>There is no default. Lower-case letters, digits and hyphens. Must be set unless <see cref="Endpoint"/> is.</value>
    public string? EnvironmentId { get; set; }

    internal override IEnumerable<string> Particular =>
        from option in (IEnumerable<(string Name, object? Value)>)
        [
            (nameof(Protocol), Protocol),
            (nameof(Region), Region),
            (nameof(ApiKey), ApiKey),
            (nameof(PlatformToken), PlatformToken),
            (nameof(ProjectName), ProjectName),
            (nameof(Dataset), Dataset),
            (nameof(MlApp), MlApp),
            (nameof(Site), Site),
            (nameof(Zone), Zone),
            (nameof(InstanceId), InstanceId),
            (nameof(EnvironmentId), EnvironmentId),
        ]
        where option.Value is not (null or "")
        select option.Name;
}
