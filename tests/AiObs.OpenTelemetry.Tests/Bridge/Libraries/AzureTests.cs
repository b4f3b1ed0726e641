using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class AzureTests
{
    private const string Agents = "Azure.AI.Agents.Persistent.PersistentAgentsClient";

    [Fact]
    public void Chat_OfInference_IsAnLlmSpan()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            "Azure.AI.Inference.ChatCompletionsClient",
            "chat mistral-large",
            ActivityKind.Client,
            new("gen_ai.system", "az.ai.inference"),
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.request.model", "mistral-large"),
            new("az.namespace", "Microsoft.CognitiveServices"),
            new("server.address", "my.services.ai.azure.com"),
            new("server.port", 8443L),
            new("gen_ai.response.id", "r-1"),
            new("gen_ai.response.model", "mistral-large-2407"),
            new("gen_ai.response.finish_reasons", (string[])["stop", "length"]),
            new("gen_ai.usage.prompt_tokens", 30L),
            new("gen_ai.usage.completion_tokens", 4L));

        SpanAssert.Attributes(
            new()
            {
                ["az.namespace"] = "Microsoft.CognitiveServices",
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "azure.ai.inference",
                ["gen_ai.request.model"] = "mistral-large",
                ["gen_ai.response.finish_reasons"] = (string[])["stop", "length"],
                ["gen_ai.response.id"] = "r-1",
                ["gen_ai.response.model"] = "mistral-large-2407",
                ["gen_ai.system"] = "az.ai.inference",
                ["gen_ai.usage.completion_tokens"] = 4L,
                ["gen_ai.usage.input_tokens"] = 30L,
                ["gen_ai.usage.output_tokens"] = 4L,
                ["gen_ai.usage.prompt_tokens"] = 30L,
                ["llm.finish_reason"] = "stop",
                ["llm.model_name"] = "mistral-large-2407",
                ["llm.provider"] = "azure",
                ["llm.request.model_name"] = "mistral-large",
                ["llm.response.model_name"] = "mistral-large-2407",
                ["llm.system"] = "mistralai",
                ["llm.token_count.completion"] = 4L,
                ["llm.token_count.prompt"] = 30L,
                ["llm.token_count.total"] = 34L,
                ["openinference.span.kind"] = "LLM",
                ["server.address"] = "my.services.ai.azure.com",
                ["server.port"] = 8443L,
            },
            span.Attributes);
    }

    [Fact]
    public void Run_OfPersistentAgents_IsAChainOfItsThread()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Agents,
            "start_thread_run",
            ActivityKind.Client,
            new("gen_ai.system", "az.ai.agents"),
            new("gen_ai.operation.name", "start_thread_run"),
            new("az.namespace", "Microsoft.CognitiveServices"),
            new("gen_ai.agent.id", "asst_1"),
            new("gen_ai.thread.id", "thread_1"),
            new("gen_ai.run.id", "run_1"),
            new("gen_ai.run.status", "completed"),
            new("gen_ai.response.model", "gpt-4o"),
            new("gen_ai.usage.input_tokens", 100),
            new("gen_ai.usage.output_tokens", 20));

        SpanAssert.Attributes(
            new()
            {
                ["az.namespace"] = "Microsoft.CognitiveServices",
                ["gen_ai.agent.id"] = "asst_1",
                ["gen_ai.conversation.id"] = "thread_1",
                ["gen_ai.operation.name"] = "start_thread_run",
                ["gen_ai.response.model"] = "gpt-4o",
                ["gen_ai.run.id"] = "run_1",
                ["gen_ai.run.status"] = "completed",
                ["gen_ai.system"] = "az.ai.agents",
                ["gen_ai.thread.id"] = "thread_1",
                ["gen_ai.usage.input_tokens"] = 100,
                ["gen_ai.usage.output_tokens"] = 20,
                ["openinference.span.kind"] = "CHAIN",
                ["session.id"] = "thread_1",
            },
            span.Attributes);
    }

    [Theory]
    [InlineData("create_agent", "AGENT")]
    [InlineData("create_thread", "CHAIN")]
    [InlineData("create_message", "CHAIN")]
    [InlineData("execute_tool", "TOOL")]
    [InlineData("list_messages", "CHAIN")]
    [InlineData("list_run_steps", "CHAIN")]
    [InlineData("submit_tool_outputs", "CHAIN")]
    [InlineData("process_thread_run", "CHAIN")]
    public void Operation_OfPersistentAgents_KeepsItsNameAndHasAKind(string operation, string kind)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Agents, operation, ActivityKind.Client, new("gen_ai.operation.name", operation), new("gen_ai.system", "az.ai.agents"));

        Assert.Equal((kind, operation), (span.Attributes["openinference.span.kind"], span.Attributes["gen_ai.operation.name"]));
    }

    [Fact]
    public void Agent_CreatedInProjects_IsAnAgent()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            "Azure.AI.Projects.AIProjectAgentsOperations",
            "create_agent helper",
            ActivityKind.Client,
            new("gen_ai.operation.name", "create_agent"),
            new("gen_ai.provider.name", "microsoft.foundry"),
            new("server.address", "my.services.ai.azure.com"),
            new("gen_ai.request.model", "gpt-4o"),
            new("gen_ai.agent.id", "helper:2"),
            new("gen_ai.agent.name", "helper"),
            new("gen_ai.agent.version", "2"),
            new("gen_ai.agent.type", "prompt"));

        SpanAssert.Attributes(
            new()
            {
                ["agent.name"] = "helper",
                ["gen_ai.agent.id"] = "helper:2",
                ["gen_ai.agent.name"] = "helper",
                ["gen_ai.agent.type"] = "prompt",
                ["gen_ai.agent.version"] = "2",
                ["gen_ai.operation.name"] = "create_agent",
                ["gen_ai.provider.name"] = "microsoft.foundry",
                ["gen_ai.request.model"] = "gpt-4o",
                ["openinference.span.kind"] = "AGENT",
                ["server.address"] = "my.services.ai.azure.com",
            },
            span.Attributes);
    }

    [Fact]
    public void Chat_OfProjectResponses_IsAnLlmSpan()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            "Azure.AI.Projects.ProjectResponsesClient",
            "chat gpt-4o",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "microsoft.foundry"),
            new("gen_ai.conversation.id", "conv_1"),
            new("gen_ai.request.model", "gpt-4o"),
            new("gen_ai.request.reasoning.effort", "low"),
            new("gen_ai.response.id", "resp_1"),
            new("gen_ai.response.model", "gpt-4o-2024-11-20"),
            new("gen_ai.usage.input_tokens", 11L),
            new("gen_ai.usage.output_tokens", 2L));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.conversation.id"] = "conv_1",
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "microsoft.foundry",
                ["gen_ai.request.model"] = "gpt-4o",
                ["gen_ai.request.reasoning.effort"] = "low",
                ["gen_ai.request.reasoning.level"] = "low",
                ["gen_ai.response.id"] = "resp_1",
                ["gen_ai.response.model"] = "gpt-4o-2024-11-20",
                ["gen_ai.usage.input_tokens"] = 11L,
                ["gen_ai.usage.output_tokens"] = 2L,
                ["llm.invocation_parameters"] = "{\"reasoning_effort\":\"low\"}",
                ["llm.model_name"] = "gpt-4o-2024-11-20",
                ["llm.provider"] = "microsoft.foundry",
                ["llm.request.model_name"] = "gpt-4o",
                ["llm.response.model_name"] = "gpt-4o-2024-11-20",
                ["llm.system"] = "openai",
                ["llm.token_count.completion"] = 2L,
                ["llm.token_count.prompt"] = 11L,
                ["llm.token_count.total"] = 13L,
                ["openinference.span.kind"] = "LLM",
                ["session.id"] = "conv_1",
            },
            span.Attributes);
    }

    [Fact]
    public void Agent_OfProjectResponses_IsAnAgentThatOwnsNoTokens()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            "Azure.AI.Projects.ProjectResponsesClient",
            "invoke_agent helper",
            ActivityKind.Client,
            new("gen_ai.operation.name", "invoke_agent"),
            new("gen_ai.provider.name", "microsoft.foundry"),
            new("gen_ai.agent.name", "helper"),
            new("gen_ai.agent.id", "helper:2"),
            new("gen_ai.usage.input_tokens", 11L));

        SpanAssert.Attributes(
            new()
            {
                ["agent.name"] = "helper",
                ["gen_ai.agent.id"] = "helper:2",
                ["gen_ai.agent.name"] = "helper",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.provider.name"] = "microsoft.foundry",
                ["gen_ai.usage.input_tokens"] = 11L,
                ["openinference.span.kind"] = "AGENT",
            },
            span.Attributes);
    }
}
