using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class SemanticKernelTests
{
    private const string Diagnostics = "Microsoft.SemanticKernel.Diagnostics";
    private const string Functions = "Microsoft.SemanticKernel";

    [Fact]
    public void Chat_NativeConnector_IsAnLlmSpan()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Diagnostics,
            "chat gpt-4o-mini",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.system", "openai"),
            new("gen_ai.request.model", "gpt-4o-mini"),
            new("gen_ai.request.max_tokens", 500),
            new("gen_ai.request.temperature", 0.1f),
            new("gen_ai.request.top_p", 0.9),
            new("server.address", "https://my-resource.openai.azure.com"),
            new("server.port", 443),
            new("gen_ai.response.finish_reason", "[\"stop\"]"),
            new("gen_ai.response.id", "chatcmpl-1"),
            new("gen_ai.usage.input_tokens", 12),
            new("gen_ai.usage.output_tokens", 5));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "azure.ai.openai",
                ["gen_ai.request.max_tokens"] = 500L,
                ["gen_ai.request.model"] = "gpt-4o-mini",
                ["gen_ai.request.temperature"] = 0.1,
                ["gen_ai.request.top_p"] = 0.9,
                ["gen_ai.response.finish_reason"] = "[\"stop\"]",
                ["gen_ai.response.finish_reasons"] = (string[])["stop"],
                ["gen_ai.response.id"] = "chatcmpl-1",
                ["gen_ai.system"] = "openai",
                ["gen_ai.usage.input_tokens"] = 12L,
                ["gen_ai.usage.output_tokens"] = 5L,
                ["llm.finish_reason"] = "stop",
                ["llm.invocation_parameters"] = "{\"temperature\":0.1,\"top_p\":0.9,\"max_tokens\":500}",
                ["llm.model_name"] = "gpt-4o-mini",
                ["llm.provider"] = "azure",
                ["llm.request.model_name"] = "gpt-4o-mini",
                ["llm.system"] = "openai",
                ["llm.token_count.completion"] = 5L,
                ["llm.token_count.prompt"] = 12L,
                ["llm.token_count.total"] = 17L,
                ["openinference.span.kind"] = "LLM",
                ["server.address"] = "my-resource.openai.azure.com",
                ["server.port"] = 443L,
            },
            span.Attributes);
    }

    [Theory]
    [InlineData("[\"tool_calls\"]", "tool_calls")]
    [InlineData("length", "length")]
    [InlineData("N/A", null)]
    public void Chat_EachFinishReason_IsReadOrLeftOut(string written, string? expected)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Diagnostics,
            "chat m",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.response.finish_reason", written));

        Assert.Equal(expected is null ? null : [expected], (string[]?)span.Attributes.GetValueOrDefault("gen_ai.response.finish_reasons"));
        Assert.Equal(expected, span.Attributes.GetValueOrDefault("llm.finish_reason"));
        Assert.Equal(written, span.Attributes["gen_ai.response.finish_reason"]);
    }

    [Fact]
    public void TextCompletion_OfGoogle_KeepsItsOperation()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Diagnostics,
            "text_completion gemini-pro",
            ActivityKind.Client,
            new("gen_ai.operation.name", "text_completion"),
            new("gen_ai.system", "google"),
            new("gen_ai.request.model", "gemini-pro"),
            new("gen_ai.usage.input_tokens", "7"),
            new("gen_ai.usage.output_tokens", 3L));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "text_completion",
                ["gen_ai.provider.name"] = "gcp.gen_ai",
                ["gen_ai.request.model"] = "gemini-pro",
                ["gen_ai.system"] = "google",
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.usage.output_tokens"] = 3L,
                ["llm.model_name"] = "gemini-pro",
                ["llm.provider"] = "google",
                ["llm.request.model_name"] = "gemini-pro",
                ["llm.system"] = "vertexai",
                ["llm.token_count.completion"] = 3L,
                ["llm.token_count.prompt"] = 7L,
                ["llm.token_count.total"] = 10L,
                ["openinference.span.kind"] = "LLM",
            },
            span.Attributes);
    }

    [Fact]
    public void Function_Invoked_IsATool()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Functions,
            "execute_tool get_weather",
            ActivityKind.Internal,
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.name", "get_weather"),
            new("gen_ai.tool.description", "Looks at the sky."));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.description"] = "Looks at the sky.",
                ["gen_ai.tool.name"] = "get_weather",
                ["gen_ai.tool.type"] = "function",
                ["openinference.span.kind"] = "TOOL",
                ["tool.description"] = "Looks at the sky.",
                ["tool.name"] = "get_weather",
            },
            span.Attributes);
    }

    [Fact]
    public void Agent_Invoked_IsAnAgentWithWhatRanInside()
    {
        using var scene = new BridgeScene();

        using (scene.Start(Diagnostics, "invoke_agent Writer", ActivityKind.Internal,
            new("gen_ai.operation.name", "invoke_agent"),
            new("gen_ai.agent.id", "agent-1"),
            new("gen_ai.agent.name", "Writer"),
            new("gen_ai.agent.description", "Writes.")))
        {
            for (var round = 0; round < 2; round++)
            {
                scene.Emit(Diagnostics, "chat m", ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", "chat"));
            }

            scene.Emit(Functions, "execute_tool search", ActivityKind.Internal, new("gen_ai.operation.name", "execute_tool"), new("gen_ai.tool.name", "search"));
        }

        SpanAssert.Attributes(
            new()
            {
                ["agent.name"] = "Writer",
                ["aiobs.agent.iterations"] = 2L,
                ["aiobs.agent.tools_used"] = (string[])["search"],
                ["gen_ai.agent.description"] = "Writes.",
                ["gen_ai.agent.id"] = "agent-1",
                ["gen_ai.agent.name"] = "Writer",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["openinference.span.kind"] = "AGENT",
            },
            scene.Exporter.Only("invoke_agent Writer").Attributes);
    }

    [Fact]
    public void Planner_WithoutGenAiTags_IsLeftAlone()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit("Microsoft.SemanticKernel.Planning", "plan creation", ActivityKind.Internal, new KeyValuePair<string, object?>("sk.goal", "x"));

        SpanAssert.Attributes(new() { ["sk.goal"] = "x" }, span.Attributes);
    }
}
