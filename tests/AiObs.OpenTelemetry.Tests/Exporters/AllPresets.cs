using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.Aspire;
using AiObs.OpenTelemetry.Exporters.Datadog;
using AiObs.OpenTelemetry.Exporters.Dynatrace;
using AiObs.OpenTelemetry.Exporters.GrafanaCloud;
using AiObs.OpenTelemetry.Exporters.Honeycomb;
using AiObs.OpenTelemetry.Exporters.Langfuse;
using AiObs.OpenTelemetry.Exporters.LangSmith;
using AiObs.OpenTelemetry.Exporters.NewRelic;
using AiObs.OpenTelemetry.Exporters.Otlp;
using AiObs.OpenTelemetry.Exporters.Phoenix;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Exporters;

/// <summary>Every exporter there is, by its name, for tests of what holds for all of them.</summary>
internal static class AllPresets
{
    private static readonly Dictionary<string, (Type Options, Add Add)> Known = new()
    {
        ["Phoenix"] = (typeof(PhoenixExporterOptions), (builder, configure) => builder.AddPhoenixExporter(configure)),
        ["Langfuse"] = (typeof(LangfuseExporterOptions), (builder, configure) => builder.AddLangfuseExporter(configure)),
        ["LangSmith"] = (typeof(LangSmithExporterOptions), (builder, configure) => builder.AddLangSmithExporter(configure)),
        ["Honeycomb"] = (typeof(HoneycombExporterOptions), (builder, configure) => builder.AddHoneycombExporter(configure)),
        ["Datadog"] = (typeof(DatadogExporterOptions), (builder, configure) => builder.AddDatadogExporter(configure)),
        ["GrafanaCloud"] = (typeof(GrafanaCloudExporterOptions), (builder, configure) => builder.AddGrafanaCloudExporter(configure)),
        ["NewRelic"] = (typeof(NewRelicExporterOptions), (builder, configure) => builder.AddNewRelicExporter(configure)),
        ["Dynatrace"] = (typeof(DynatraceExporterOptions), (builder, configure) => builder.AddDynatraceExporter(configure)),
        ["Aspire"] = (typeof(AspireExporterOptions), (builder, configure) => builder.AddAspireExporter(configure)),
        ["OtlpBackend"] = (typeof(OtlpBackendExporterOptions), (builder, configure) => builder.AddOtlpBackendExporter(configure)),
    };

    private delegate TracerProviderBuilder Add(TracerProviderBuilder builder, Action<BackendExporterOptionsBase>? configure);

    public static IEnumerable<string> Names => Known.Keys;

    public static IEnumerable<Type> OptionsTypes => Known.Values.Select(known => known.Options);

    public static Type OptionsOf(string name) => Known[name].Options;

    public static TracerProviderBuilder AddTo(TracerProviderBuilder builder, string name, Action<BackendExporterOptionsBase>? configure = null) =>
        Known[name].Add(builder, configure);

    /// <summary>Sets every text option to a value, the endpoint aside.</summary>
    public static void SetTexts(BackendExporterOptionsBase options, string value)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            property.SetValue(options, value);
        }
    }
}
