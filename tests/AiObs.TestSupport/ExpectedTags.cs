namespace AiObs.TestSupport;

/// <summary>The tags that a call of a stub client with its default metadata has in both conventions, whatever it asks and answers.</summary>
public static class ExpectedTags
{
    public static Dictionary<string, object?> GenAI => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "stub",
        ["gen_ai.request.model"] = "stub-model",
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
    };

    public static Dictionary<string, object?> OpenInference => new()
    {
        ["openinference.span.kind"] = "LLM",
        ["llm.system"] = "stub",
        ["llm.provider"] = "stub",
        ["llm.model_name"] = "stub-model",
        ["llm.request.model_name"] = "stub-model",
    };

    public static Dictionary<string, object?> Both => new(GenAI.Concat(OpenInference));
}
