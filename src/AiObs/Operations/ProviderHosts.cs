namespace AiObs.Operations;

/// <summary>Finds the provider behind an address. Whole labels count, from the right: <c>api.openai.com.example</c> is nobody's.</summary>
internal static class ProviderHosts
{
    private static readonly HostRule[] Rules =
    [
        new(ProviderNames.OpenAI, ".api.openai.com") { BeforeRegion = "" },
        new(ProviderNames.OpenAI, "api.openai.com"),
        new(ProviderNames.AzureOpenAI, "openai.azure.com"),
        new(ProviderNames.AzureOpenAI, "services.ai.azure.com"),
        new(ProviderNames.AzureOpenAI, "cognitiveservices.azure.com"),
        new(ProviderNames.AzureOpenAI, "azure-api.net"),
        new(ProviderNames.Anthropic, "api.anthropic.com"),
        new(ProviderNames.Cohere, "api.cohere.com"),
        new(ProviderNames.Cohere, "api.cohere.ai"),
        new(ProviderNames.Mistral, "api.mistral.ai"),
        new(ProviderNames.Gemini, "generativelanguage.googleapis.com"),
        new(ProviderNames.VertexAI, "-aiplatform.googleapis.com") { BeforeRegion = "" },
        new(ProviderNames.VertexAI, "aiplatform.googleapis.com"),
        new(ProviderNames.AwsBedrock, ".amazonaws.com") { BeforeRegion = "bedrock-runtime." },
        new(ProviderNames.AwsBedrock, ".amazonaws.com") { BeforeRegion = "bedrock-runtime-fips." },
        new(ProviderNames.AwsBedrock, ".amazonaws.com.cn") { BeforeRegion = "bedrock-runtime." },
        new(ProviderNames.AwsBedrock, ".api.aws") { BeforeRegion = "bedrock-mantle." },
        new(ProviderNames.XAI, "api.x.ai"),
        new(ProviderNames.DeepSeek, "api.deepseek.com"),
        new(ProviderNames.Groq, "api.groq.com"),
        new(ProviderNames.Moonshot, "api.moonshot.cn"),
        new(ProviderNames.Moonshot, "api.moonshot.ai"),
        new(ProviderNames.Perplexity, "api.perplexity.ai"),
        new("openrouter", "openrouter.ai"),
        new("fireworks", "api.fireworks.ai"),
        new("cerebras", "api.cerebras.ai"),
        new("together", "api.together.ai"),
        new("together", "api.together.xyz"),
        new("github-copilot", "githubcopilot.com"),
        new("cloudflare", "api.cloudflare.com") { Path = "/client/v4/accounts/" },
        new("voyageai", "api.voyageai.com"),
        new("zai", "api.z.ai"),
        new("zhipuai", "open.bigmodel.cn"),
        new("minimax", "api.minimax.com"),
        new("minimax", "api.minimax.io"),
        new("minimax", "api.minimaxi.com"),
        new("minimax", "api.minimaxi.io"),
        new("modal", "modal.run"),
        new("modal", "modal.direct"),
        new("novita", "api.novita.ai"),
        new("arcee", "api.arcee.ai"),
        new("avian", "api.avian.io"),
        new("baseten", "inference.baseten.co"),
        new("cursor", "api.cursor.com"),
        new("doubleword", "api.doubleword.ai"),
        new("ovhcloud", "oai.endpoints.kepler.ai.cloud.ovh.net"),
        new("quicksilverpro", "api.quicksilverpro.io"),
        new("typesafe", "api.typesafe.ai"),
        .. OfHuggingFace("cerebras", "fireworks-ai", "groq", "hyperbolic", "nebius", "novita", "nscale", "ovhcloud", "publicai", "sambanova", "together"),
        new("ollama", "ollama.com"),
    ];

    /// <summary>Finds the provider, and the region that the host names; <see langword="null"/> where nobody is known there.</summary>
    public static (string Provider, string? Region)? Find(string? host, string? path)
    {
        if (host is null)
        {
            return null;
        }

        var name = host.ToLowerInvariant().TrimEnd('.');
        foreach (var rule in Rules)
        {
            if (rule.Holds(name, path, out var region))
            {
                return (rule.Provider, region);
            }
        }

        return null;
    }

    /// <summary>Its router passes requests on to who stands first in the path.</summary>
    private static IEnumerable<HostRule> OfHuggingFace(params string[] sellers) =>
        sellers.Select(static seller => new HostRule($"huggingface_{seller}", "router.huggingface.co") { Path = $"/{seller}" });
}
