using AiObs.Operations;

namespace AiObs.Conventions.OpenInference;

/// <summary>Values of <c>llm.provider</c> (who hosts the model) and <c>llm.system</c> (whose API it speaks).</summary>
internal static class OpenInferenceProviders
{
    private static readonly (string Prefix, string System)[] ModelFamilies =
    [
        ("claude", "anthropic"),
        ("anthropic", "anthropic"),
        ("gpt", "openai"),
        ("o1", "openai"),
        ("o3", "openai"),
        ("o4", "openai"),
        ("openai", "openai"),
        ("text-embedding", "openai"),
        ("command", "cohere"),
        ("cohere", "cohere"),
        ("mistral", "mistralai"),
        ("mixtral", "mistralai"),
        ("pixtral", "mistralai"),
        ("gemini", "vertexai"),
        ("google", "vertexai"),
        ("deepseek", "deepseek"),
        ("grok", "xai"),
        ("llama", "meta"),
        ("meta", "meta"),
        ("amazon", "amazon"),
        ("nova", "amazon"),
    ];

    /// <summary>Returns the value of <c>llm.provider</c>.</summary>
    public static string? ProviderOf(string? provider) => provider switch
    {
        ProviderNames.AzureOpenAI or ProviderNames.AzureInference => "azure",
        ProviderNames.AwsBedrock => "aws",
        ProviderNames.VertexAI or ProviderNames.GoogleGenAI or ProviderNames.Gemini => "google",
        ProviderNames.Mistral => "mistralai",
        ProviderNames.XAI => "xai",
        ProviderNames.Moonshot => "moonshot",
        _ => provider,
    };

    /// <summary>Returns the value of <c>llm.system</c>; the provider itself where neither it nor the model tells the API.</summary>
    public static string? SystemOf(string? provider, string? model) => provider switch
    {
        ProviderNames.OpenAI or ProviderNames.AzureOpenAI => "openai",
        ProviderNames.Anthropic => "anthropic",
        ProviderNames.VertexAI or ProviderNames.GoogleGenAI or ProviderNames.Gemini => "vertexai",
        ProviderNames.Cohere => "cohere",
        ProviderNames.Mistral => "mistralai",
        ProviderNames.XAI => "xai",
        ProviderNames.DeepSeek => "deepseek",
        ProviderNames.Groq or ProviderNames.Perplexity => FamilyOf(model) ?? "openai",
        _ => FamilyOf(model) ?? ProviderOf(provider),
    };

    private static string? FamilyOf(string? model)
    {
        if (model is null)
        {
            return null;
        }

        // Bedrock and routers put a region or a vendor in front: "us.anthropic.claude-…", "anthropic/claude-…".
        for (var start = 0; start >= 0 && start < model.Length; start = NextSegment(model, start))
        {
            foreach (var (prefix, system) in ModelFamilies)
            {
                if (model.AsSpan(start).StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    return system;
                }
            }
        }

        return null;
    }

    private static int NextSegment(string model, int start)
    {
        var separator = model.AsSpan(start).IndexOfAny('.', '/');
        return separator < 0 ? -1 : start + separator + 1;
    }
}
