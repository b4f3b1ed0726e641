using AiObs.OpenTelemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.DocSnippets;

/// <summary>The lines for each backend.</summary>
internal static class BackendSnippets
{
    public static void Phoenix()
    {
        #region snippet:backend-phoenix
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddPhoenixExporter(o => o.ProjectName = "weather")
            .Build();
        #endregion
    }

    public static void Langfuse()
    {
        #region snippet:backend-langfuse
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddLangfuseExporter(o => o.Endpoint = new Uri("https://us.cloud.langfuse.com"))
            .Build();
        #endregion
    }

    public static void LangSmith()
    {
        #region snippet:backend-langsmith
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.LangSmith, o => (o.Region, o.ProjectName) = (BackendRegion.Eu, "weather"))
            .Build();
        #endregion
    }

    public static void Honeycomb()
    {
        #region snippet:backend-honeycomb
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.Honeycomb, o => o.Region = BackendRegion.Eu)
            .Build();
        #endregion
    }

    public static void Datadog()
    {
        #region snippet:backend-datadog
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.Datadog, o => (o.Site, o.MlApp) = ("datadoghq.eu", "weather"))
            .Build();
        #endregion
    }

    public static void GrafanaCloud()
    {
        #region snippet:backend-grafana-cloud
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.GrafanaCloud, o => (o.Zone, o.InstanceId) = ("prod-eu-west-2", "123456"))
            .Build();
        #endregion
    }

    public static void NewRelic()
    {
        #region snippet:backend-new-relic
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.NewRelic, o => o.Region = BackendRegion.Eu)
            .Build();
        #endregion
    }

    public static void Dynatrace()
    {
        #region snippet:backend-dynatrace
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.Dynatrace, o => o.EnvironmentId = "abc12345")
            .Build();
        #endregion
    }

    public static void Aspire()
    {
        #region snippet:backend-aspire
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.Aspire)
            .Build();
        #endregion
    }

    public static void Otlp(string key)
    {
        #region snippet:backend-otlp
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability()
            .AddOtlpBackend(OtlpBackend.Generic, o =>
            {
                o.Endpoint = new Uri("https://otlp.example.com");
                o.Headers["x-api-key"] = key;
            })
            .Build();
        #endregion
    }
}
