using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

/// <summary>Every backend there is, by the name of its exporter, for tests of what holds for all of them.</summary>
internal static class AllBackends
{
    private static readonly Dictionary<string, OtlpBackend> Others =
        Enum.GetValues<OtlpBackend>().ToDictionary(static backend => BackendRules.Of(backend).Name);

    public static IEnumerable<string> Names => ["Phoenix", "Langfuse", .. Others.Keys];

    public static IEnumerable<Type> OptionsTypes => Names.Select(OptionsOf).Distinct();

    public static Type OptionsOf(string name) => name switch
    {
        "Phoenix" => typeof(PhoenixExporterOptions),
        "Langfuse" => typeof(LangfuseExporterOptions),
        _ => typeof(OtlpBackendExporterOptions),
    };

    public static TracerProviderBuilder AddTo(TracerProviderBuilder builder, string name, Action<BackendExporterOptionsBase>? configure = null) => name switch
    {
        "Phoenix" => builder.AddPhoenixExporter(configure),
        "Langfuse" => builder.AddLangfuseExporter(configure),
        _ => builder.AddOtlpBackend(Others[name], configure),
    };

    /// <summary>Sets every text option that a backend has to a value.</summary>
    public static void SetTexts(string name, BackendExporterOptionsBase options, string value)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            if (!Others.TryGetValue(name, out var backend) || BackendRules.Of(backend).Has(property.Name))
            {
                property.SetValue(options, value);
            }
        }
    }
}
