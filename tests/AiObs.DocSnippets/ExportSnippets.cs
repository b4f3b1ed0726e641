using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AiObs.DocSnippets;

internal static class ExportSnippets
{
    public static void Phoenix()
    {
        #region snippet:quickstart-export
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter()
            .Build();
        #endregion
    }

    public static void Exporters()
    {
        #region snippet:exporters
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter(o => o.ProjectName = "weather")
            .Build();
        using var metrics = Sdk.CreateMeterProviderBuilder()
            .AddAgentObservability()
            .AddOtlpExporter()
            .Build();
        #endregion
    }
}
