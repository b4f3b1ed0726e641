using AiObs.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
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

    public static void Bridge()
    {
        #region snippet:bridge
        using var observability = AgentObservability.Create(builder => builder.AddCostTracking());
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(observability, o =>
            {
                o.Libraries.ModelContextProtocol = false;    // left alone
                o.ModelSourceNames.Add("my-company.llm");    // UseOpenTelemetry(sourceName: "my-company.llm")
            })
            .AddPhoenixExporter()
            .Build();
        #endregion
    }

    public static void ForeignContent(TracerProviderBuilder tracing)
    {
        #region snippet:foreign-content
        tracing.AddAgentObservability(o => o.ForeignContent = ForeignContentMode.Remove);
        #endregion
    }

    public static void Several()
    {
        #region snippet:several-exporters
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter(o => o.ProjectName = "weather")
            .AddLangfuseExporter()
            .AddOtlpBackend(OtlpBackend.Generic, o => o.Endpoint = new Uri("https://otlp.example.com"))
            .Build();
        #endregion
    }

    public static void Sampling()
    {
        #region snippet:sampling
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddLangfuseExporter(o => o.KeepInteresting = new()
            {
                Ratio = 0.05,
                SlowerThan = TimeSpan.FromSeconds(30),
                CostlierThan = 0.25m,
            })
            .Build();
        #endregion
    }

    public static void SamplingAnyExporter()
    {
        #region snippet:sampling-any
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddKeepInteresting(new OtlpTraceExporter(new()), o => o.Ratio = 0.01)
            .Build();
        #endregion
    }
}
