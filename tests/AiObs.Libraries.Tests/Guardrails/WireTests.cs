using System.Text.Json.Nodes;
using AiObs.Guardrails;
using AiObs.Libraries.Tests.OpenAI;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI.Responses;

namespace AiObs.Libraries.Tests.Guardrails;

/// <summary>What the clients of the OpenAI SDK send to a server that refuses what OpenAI refuses, once a guard has refused or redacted calls.</summary>
public sealed class WireTests : LibraryTest
{
    private readonly List<string> _runs = [];

    public static MatrixTheoryData<CallStyle, ModelProtocol> EachClient => new([CallStyle.Plain, CallStyle.Streamed], [ModelProtocol.OpenAIChatCompletions, ModelProtocol.OpenAIResponses]);

    [Theory]
    [MemberData(nameof(EachClient))]
    public async Task Refused_IsAnsweredOnTheWire(CallStyle style, ModelProtocol protocol)
    {
        await using var server = await ServeAsync(
            new ModelReply { ToolCalls = [Call("bad", "a"), Call("good", "b")] }, new ModelReply { ToolCalls = [Call("bad", "c")] }, ModelReply.Say("Done."));

        var response = await AskAsync(Client(server, protocol, RefusingGuardrail.Rule), style, [new(ChatRole.User, "Go.")], Options(protocol));

        Assert.Equal("Done.", response.Messages[^1].Text);
        Assert.Equal(["good: my secret"], _runs);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([("a", "Not run: it is not allowed"), ("b", "\"good: my secret\""), ("c", "Not run: it is not allowed")], ResultsOf(server.Requests[2].Body));
    }

    [Theory]
    [MemberData(nameof(EachClient))]
    public async Task Redacted_ArgumentsGoBackWithoutWhatWasFound(CallStyle style, ModelProtocol protocol)
    {
        await using var server = await ServeAsync(new ModelReply { ToolCalls = [Call("good", "a")] }, ModelReply.Say("Done."));
        var rule = new GuardrailRule(new FindingGuardrail("secret"), GuardrailMode.Redact);

        var response = await AskAsync(Client(server, protocol, rule), style, [new(ChatRole.User, "Go.")], Options(protocol));

        Assert.Equal("Done.", response.Messages[^1].Text);
        Assert.Equal(["good: my [FOUND]"], _runs);
        Assert.DoesNotContain("secret", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("my [FOUND]", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Responses_Stored_SendsTheResultsOfAllCallsAlone(CallStyle style)
    {
        await using var server = await ServeAsync(isStrict: false, new ModelReply { ToolCalls = [Call("bad", "a"), Call("good", "b")] }, ModelReply.Say("Done."));

        var response = await AskAsync(Client(server, ModelProtocol.OpenAIResponses, RefusingGuardrail.Rule), style, [new(ChatRole.User, "Go.")], Options(protocol: null));

        Assert.Equal("Done.", response.Messages[^1].Text);
        var second = JsonNode.Parse(server.Requests[1].Body)!;
        Assert.NotNull(second["previous_response_id"]);
        Assert.Equal([("a", "Not run: it is not allowed"), ("b", "\"good: my secret\"")], ResultsOf(server.Requests[1].Body));
        Assert.Equal(["function_call_output", "function_call_output"], second["input"]!.AsArray().Select(static item => item!["type"]!.ToString()));
    }

    private static Task<FakeServer> ServeAsync(params ModelReply[] replies) => ServeAsync(isStrict: true, replies);

    private static async Task<FakeServer> ServeAsync(bool isStrict, params ModelReply[] replies)
    {
        var server = await FakeServer.StartAsync(new() { RefuseBrokenToolCalls = isStrict }, Token);
        server.Enqueue(replies);
        return server;
    }

    private static ModelToolCall Call(string name, string id) => new() { Name = name, Id = id, Arguments = ["{\"text\":", "\"my secret\"}"] };

    private static IChatClient Client(FakeServer server, ModelProtocol protocol, GuardrailRule rule) =>
        (protocol == ModelProtocol.OpenAIChatCompletions ? Sdk.Connect(server).GetChatClient(Weather.Model).AsIChatClient() : Sdk.Connect(server).GetResponsesClient().AsIChatClient(Weather.Model))
            .AsBuilder().UseFunctionInvocation().UseGuardrails(rule).Build();

    /// <summary>Returns the results in a request, in order.</summary>
    private static (string Id, string Text)[] ResultsOf(string body)
    {
        var request = JsonNode.Parse(body)!;
        var items = (request["messages"] ?? request["input"])!.AsArray();
        return [.. items.Where(static item => item!["tool_call_id"] is not null || item["type"]?.ToString() == "function_call_output")
            .Select(static item => ((item!["tool_call_id"] ?? item["call_id"])!.ToString(), (item["content"] ?? item["output"])!.ToString()))];
    }

    private ChatOptions Options(ModelProtocol? protocol) => new()
    {
        Tools = [Named("good"), Named("bad")],
        RawRepresentationFactory = protocol == ModelProtocol.OpenAIResponses ? static _ => new CreateResponseOptions { StoredOutputEnabled = false } : null,
    };

    private AIFunction Named(string name) => AIFunctionFactory.Create(
        (string text) =>
        {
            _runs.Add($"{name}: {text}");
            return $"{name}: {text}";
        },
        name);

    private sealed class FindingGuardrail(string word) : IGuardrail
    {
        public string Name => "found";

        public GuardrailStages Stages => GuardrailStages.ToolCall | GuardrailStages.ToolResult;

        public bool CanRedact => true;

        public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new GuardrailVerdict(
            [.. request.Texts.Index().Where(text => text.Item.Value.Contains(word, StringComparison.Ordinal)).Select(text => new GuardrailHit("a word")
            {
                Text = text.Index,
                Start = text.Item.Value.IndexOf(word, StringComparison.Ordinal),
                Length = word.Length,
            })]));
    }
}
