using AiObs.Operations;

namespace AiObs.Cost.Tables;

/// <summary>OpenTelemetry's names of the providers that the price data does not recognise by itself.</summary>
internal static class ProviderSpellings
{
    public static string? Translate(string? provider) => provider switch
    {
        ProviderNames.AzureInference or "az.ai.inference" => "azure",
        ProviderNames.GoogleGenAI => "google",
        ProviderNames.XAI => "x-ai",
        "fireworks_ai" => "fireworks",
        _ => provider,
    };
}
