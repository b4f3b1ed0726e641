namespace AiObs.Operations;

/// <summary>Values of OpenTelemetry's <c>gen_ai.provider.name</c>.</summary>
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

    /// <summary>Tells names that clients of a protocol have wherever they send requests, from those that say who serves them.</summary>
    public static bool IsProtocol(string? provider) => string.IsNullOrEmpty(provider) || provider is OpenAI or Anthropic;
}
