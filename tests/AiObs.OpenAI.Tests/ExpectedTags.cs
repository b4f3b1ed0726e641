using AiObs.TestSupport;

namespace AiObs.OpenAI.Tests;

/// <summary>The tags that calls have whatever they ask and answer.</summary>
internal static class ExpectedTags
{
    /// <summary>Returns those of every chat in both conventions.</summary>
    public static Dictionary<string, object?> Chat(FakeModelServer.FakeServer server, string apiType = "chat_completions", string model = RawClient.ChatModel) => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "openai",
        ["gen_ai.request.model"] = model,
        ["server.address"] = "127.0.0.1",
        ["server.port"] = (long)server.BaseAddress.Port,
        ["openinference.span.kind"] = "LLM",
        ["llm.system"] = "openai",
        ["llm.provider"] = "openai",
        ["llm.model_name"] = model,
        ["llm.request.model_name"] = model,
        ["openai.api.type"] = apiType,
        ["aiobs.response.request_id"] = "req_fake000001",
    };

    /// <summary>Adds those of an answer.</summary>
    public static Dictionary<string, object?> Answered(this Dictionary<string, object?> tags, string responseId, string finishReason) => tags.With(new()
    {
        ["gen_ai.response.model"] = tags["gen_ai.request.model"],
        ["llm.response.model_name"] = tags["gen_ai.request.model"],
        ["gen_ai.response.id"] = responseId,
        ["gen_ai.response.finish_reasons"] = new[] { finishReason },
        ["llm.finish_reason"] = finishReason,
        ["openai.response.service_tier"] = "default",
    });

    /// <summary>Adds those of a stream.</summary>
    public static Dictionary<string, object?> Streamed(this Dictionary<string, object?> tags, string outcome, long chunks)
    {
        tags = tags.With(new()
        {
            ["gen_ai.request.stream"] = true,
            ["aiobs.stream.outcome"] = outcome,
            ["aiobs.stream.chunks"] = chunks,
        });
        return chunks == 0 ? tags : tags.With(new() { ["gen_ai.response.time_to_first_chunk"] = AnyValue.Of<double>() });
    }

    /// <summary>Returns both; where a key is in both, the latter.</summary>
    public static Dictionary<string, object?> With(this Dictionary<string, object?> tags, Dictionary<string, object?> more) =>
        new(more.Concat(tags.Where(tag => !more.ContainsKey(tag.Key))));
}
