using System.Collections.Frozen;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Translates names of providers to the ids of the price table.</summary>
internal static class ProviderIds
{
    /// <summary>The names that the table does not resolve by itself, or not to the provider that sends the bill.</summary>
    private static readonly FrozenDictionary<string, string> Ids = new Dictionary<string, string>
    {
        [ProviderNames.AwsBedrock] = "aws",
        [ProviderNames.AzureInference] = "azure",
        [ProviderNames.AzureOpenAI] = "azure",
        ["az.ai.inference"] = "azure",
        ["az.ai.openai"] = "azure",
        [ProviderNames.Gemini] = "google",
        [ProviderNames.GoogleGenAI] = "google",
        [ProviderNames.VertexAI] = "google",
        ["gemini"] = "google",
        ["vertex_ai"] = "google",
        [ProviderNames.Mistral] = "mistral",
        [ProviderNames.Moonshot] = "moonshotai",
        [ProviderNames.XAI] = "x-ai",
        ["xai"] = "x-ai",
        ["fireworks_ai"] = "fireworks",
        ["together_ai"] = "together",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the table's id; a name that needs no translation as it is.</summary>
    public static string Canonical(string provider) => Ids.GetValueOrDefault(provider) ?? Trimmed(provider);

    private static string Trimmed(string provider) =>
        provider.Length > 0 && (char.IsWhiteSpace(provider[0]) || char.IsWhiteSpace(provider[^1]))
            ? Canonical(provider.Trim())
            : provider;
}
