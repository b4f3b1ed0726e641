namespace AiObs.Operations;

/// <summary>Values of OpenTelemetry's <c>gen_ai.provider.name</c>, and how to find them.</summary>
internal static class ProviderNames
{
    public const string Anthropic = "anthropic";
    public const string AwsBedrock = "aws.bedrock";
    public const string AzureInference = "azure.ai.inference";
    public const string AzureOpenAI = "azure.ai.openai";
    public const string Cohere = "cohere";
    public const string DeepSeek = "deepseek";
    public const string Gemini = "gcp.gemini";
    public const string GoogleGenAI = "gcp.gen_ai";
    public const string Groq = "groq";
    public const string Mistral = "mistral_ai";
    public const string Moonshot = "moonshot_ai";
    public const string OpenAI = "openai";
    public const string Perplexity = "perplexity";
    public const string VertexAI = "gcp.vertex_ai";
    public const string XAI = "x_ai";

    private static readonly (string Suffix, string Provider)[] Hosts =
    [
        ("api.openai.com", OpenAI),
        ("openai.azure.com", AzureOpenAI),
        ("services.ai.azure.com", AzureOpenAI),
        ("cognitiveservices.azure.com", AzureOpenAI),
        ("api.anthropic.com", Anthropic),
        ("api.cohere.com", Cohere),
        ("api.cohere.ai", Cohere),
        ("api.mistral.ai", Mistral),
        ("generativelanguage.googleapis.com", Gemini),
        ("aiplatform.googleapis.com", VertexAI),
        ("amazonaws.com", AwsBedrock),
        ("api.x.ai", XAI),
        ("api.deepseek.com", DeepSeek),
        ("api.groq.com", Groq),
        ("api.moonshot.cn", Moonshot),
        ("api.perplexity.ai", Perplexity),
        ("api.fireworks.ai", "fireworks"),
        ("api.cerebras.ai", "cerebras"),
        ("api.together.ai", "together"),
        ("api.together.xyz", "together"),
        ("ollama.com", "ollama"),
    ];

    /// <summary>Translates the older spellings; every other name passes as it is.</summary>
    public static string Normalize(string provider) => provider switch
    {
        "az.ai.inference" => AzureInference,
        "az.ai.openai" => AzureOpenAI,
        "vertex_ai" => VertexAI,
        "gemini" => Gemini,
        "xai" => XAI,
        _ => provider,
    };

    /// <summary>Finds the provider behind a host, matching whole labels from the right.</summary>
    public static string? FromHost(string? host)
    {
        if (host is null)
        {
            return null;
        }

        foreach (var (suffix, provider) in Hosts)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && (host.Length == suffix.Length || host[^(suffix.Length + 1)] == '.'))
            {
                return provider;
            }
        }

        return null;
    }
}
