using AiObs.Guardrails;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>What calls and results of tools become, whose objects stay as they were, and what is told of them.</summary>
public sealed class GuardedToolTests
{
    private readonly List<string> _sent = [];
    private readonly List<FunctionCallContent> _ran = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Arguments_Redacted_RunSoAndGoBackSo_WithoutAnyRawForm(bool isStreamed)
    {
        var call = Call("a", "the secret plan");
        var model = Model(call);
        var client = Looping(model, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact) { Stages = GuardrailStages.ToolCall });
        List<ChatResponseUpdate> updates = [];

        var response = await AskAsync(client, isStreamed, updates);

        Assert.Equal(["the [SECRETS] plan"], _sent);
        Assert.Equal(("the secret plan", "raw"), (call.Arguments!["text"], call.RawRepresentation));
        var back = model.Calls[1].Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().Single();
        Assert.Same(_ran[0], back);
        Assert.Null(back.RawRepresentation);
        Assert.Null(response.RawRepresentation);
        Assert.All(response.Messages.Take(1), static message => Assert.Null(message.RawRepresentation));
        Assert.All(updates, static update => Assert.Null(update.RawRepresentation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_Allowed_IsTheVeryObject(bool isStreamed)
    {
        var call = Call("a", "fine");
        var model = Model(call);
        var options = new ChatOptions { Tools = [Tool()] };
        var tool = options.Tools[0];

        await AskAsync(Looping(model, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact)), isStreamed, [], options);

        Assert.Same(call, _ran[0]);
        Assert.Same(call, model.Calls[1].Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().Single());
        Assert.Same(tool, model.Calls[0].Options!.Tools![0]);
    }

    [Theory]
    [InlineData(GuardrailMode.Redact, "sent the [SECRETS]", false)]
    [InlineData(GuardrailMode.Redact, "sent the [SECRETS]", true)]
    [InlineData(GuardrailMode.Block, "Withheld: a secret", false)]
    [InlineData(GuardrailMode.Block, "Withheld: a secret", true)]
    public async Task Result_IsLookedAtOnce_AndReachesTheModelSoEachTime(GuardrailMode mode, string shown, bool isStreamed)
    {
        var guardrail = StubGuardrail.Finding("secret");
        await using var scene = new ConversationScene();
        var model = StubChatClient.Scripted(Asking(Call("a", "the secret")), Asking(Call("b", "fine")), new ChatResponse(new ChatMessage(ChatRole.Assistant, "Done.")));
        var client = model.AsBuilder().UseFunctionInvocation()
            .UseGuardrails(options => options.Guardrails.Add(new(guardrail, mode) { Stages = GuardrailStages.ToolResult }))
            .UseAgentObservability(scene.Root)
            .Build();

        var response = await AskAsync(client, isStreamed, []);

        var results = model.Calls[2].Messages.SelectMany(static message => message.Contents).OfType<FunctionResultContent>().Select(static result => result.Result?.ToString());
        Assert.Equal([shown, "sent fine"], results);
        Assert.Equal("sent the secret", response.Messages[1].Contents.OfType<FunctionResultContent>().Single().Result?.ToString());
        Assert.Equal(2, guardrail.Checks);
        var told = Assert.Single(await scene.RawEventsAsync(), static item => item.Type == "policy_violation");
        Assert.Equal(("send", "a", "tool_result"), (told.Data["tool"], told.Data["call_id"], told.Data["stage"]));
    }

    [Fact]
    public async Task FlagIsLostOnTheWay_TheResultKeepsTheLoopFromRunningIt()
    {
        var model = new StrictModel("bad#a good#b", "=Done.");
        var runs = new List<string>();
        var client = model.AsBuilder().UseFunctionInvocation()
            .Use(static inner => new ForgettingClient(inner))
            .UseGuardrails(new GuardrailRule(RefusingTools.Named("bad"), GuardrailMode.Block))
            .Build();

        var response = await client.GetResponseAsync("Go.", new() { Tools = [Named("bad", runs), Named("good", runs)] }, Token);

        Assert.Equal(["good"], runs);
        Assert.Equal("Done.", response.Messages[^1].Text);
    }

    [Fact]
    public async Task LoopThatIgnoresTheFlag_IsToldOfOnce_AndItsResultIsLeftOut()
    {
        await using var scene = new ConversationScene();
        var model = new StrictModel("bad#a good#b", "=Done.");
        var client = model.UseGuardrails(scene.Root, static options => options.Guardrails.Add(new(RefusingTools.Named("bad"), GuardrailMode.Block)));
        List<ChatMessage> history = [new(ChatRole.User, "Go.")];
        history.AddRange((await client.GetResponseAsync(history, cancellationToken: Token)).Messages);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("a", "it ran"), new FunctionResultContent("b", "fine")]));

        await client.GetResponseAsync(history, cancellationToken: Token);
        history.AddRange([new(ChatRole.Assistant, "Done."), new(ChatRole.User, "And?")]);
        await client.GetResponseAsync(history, cancellationToken: Token);

        Assert.Equal("user: Go. | assistant: bad#a (informational), good#b | tool: a=Not run: bad is not allowed, b=fine", StrictModel.Describe(model.Calls[1].Messages));
        Assert.Equal(
            [
                "policy_violation c= policy=tools reason=bad is not allowed stage=tool_call mode=block score=1 hits=1 tool=bad call_id=a",
                "policy_violation c= policy=tools reason=a call that was refused was run nevertheless stage=tool_call mode=block score=1 hits=0 tool=bad call_id=a",
            ],
            await scene.EventsAsync());
    }

    [Fact]
    public async Task Owed_IsKeptForSoManyConversations_AndTheOldestIsForgotten()
    {
        var model = new StrictModel("bad#a good#b", "=Done.") { KeepsHistory = true };
        var client = model.AsBuilder().UseGuardrails(new GuardrailRule(RefusingTools.Named("bad"), GuardrailMode.Block)).Build();
        var options = new ChatOptions { Tools = [Named("bad", []), Named("good", [])] };
        List<string> conversations = [];
        for (var count = 0; count < 1_001; count++)
        {
            conversations.Add((await client.GetResponseAsync("Go.", options, Token)).ConversationId!);
        }

        ChatMessage[] results = [new(ChatRole.Tool, [new FunctionResultContent("b", "fine")])];
        var newer = await client.GetResponseAsync(results, new() { ConversationId = conversations[1] }, Token);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync(results, new() { ConversationId = conversations[0] }, Token));

        Assert.Equal("Done.", newer.Text);
        Assert.StartsWith("The results are not those of the open calls: a.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Owed_RequestFails_IsSentWithTheNextTry(bool isStreamed)
    {
        var model = new StrictModel("bad#a good#b", "=Done.") { KeepsHistory = true };
        var failing = new FailingOnce(model);
        var client = failing.AsBuilder().UseGuardrails(new GuardrailRule(RefusingTools.Named("bad"), GuardrailMode.Block)).Build();
        var options = new ChatOptions { Tools = [Named("bad", []), Named("good", [])] };
        options.ConversationId = (await client.GetResponseAsync("Go.", options, Token)).ConversationId;
        List<ChatMessage> results = [new(ChatRole.Tool, [new FunctionResultContent("b", "fine")])];
        failing.Fails = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, isStreamed, [], options, results));

        var response = await AskAsync(client, isStreamed, [], options, results);

        Assert.Equal("Done.", response.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused_HasNoToolSpanAndIsNoToolUsed_ButAChatSpanForEachAsk(bool isStreamed)
    {
        await using var scene = new ConversationScene();
        using var spans = new SpanCollector(scene.SourceName);
        var runs = new List<string>();
        var client = new StrictModel("bad#a", "bad#b good#c", "=Done.").AsBuilder()
            .UseAgent("helper", scene.Root)
            .UseFunctionInvocation()
            .UseGuardrails(new GuardrailRule(RefusingTools.Named("bad"), GuardrailMode.Block))
            .UseAgentObservability(scene.Root)
            .Build();

        await AskAsync(client, isStreamed, [], new() { Tools = [Named("bad", runs), Named("good", runs)] });

        Assert.Equal(
            ["chat strict-model", "chat strict-model", "chat strict-model", "execute_tool good", "guardrail tools", "guardrail tools", "guardrail tools", "invoke_agent helper"],
            spans.Spans.Select(static span => span.DisplayName).Order(StringComparer.Ordinal));
        Assert.Equal(["good"], Assert.IsType<string[]>(spans.Only("invoke_agent helper").GetTagItem("aiobs.agent.tools_used")));
    }

    private static ChatResponse Asking(FunctionCallContent call) =>
        new(new ChatMessage(ChatRole.Assistant, [call]) { RawRepresentation = "raw" }) { RawRepresentation = "raw", FinishReason = ChatFinishReason.ToolCalls };

    private static FunctionCallContent Call(string id, string text) => new(id, "send", new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = text }) { RawRepresentation = "raw" };

    private static AIFunction Named(string name, List<string> runs) => AIFunctionFactory.Create(() => runs.Add(name), name);

    private static StubChatClient Model(FunctionCallContent call)
    {
        var model = new StubChatClient();
        model.OnResponse = _ => Task.FromResult(model.Calls.Count == 1 ? Asking(call) : new ChatResponse(new ChatMessage(ChatRole.Assistant, "Done.")));
        model.OnStream = _ => model.Calls.Count == 1
            ? new StubUpdates(new(ChatRole.Assistant, []) { RawRepresentation = "a piece of the arguments" }, new(ChatRole.Assistant, [call]) { RawRepresentation = "raw" })
            : new StubUpdates(new ChatResponseUpdate(ChatRole.Assistant, "Done."));
        return model;
    }

    private static IChatClient Looping(IChatClient model, params GuardrailRule[] rules) => model.AsBuilder().UseFunctionInvocation().UseGuardrails(rules).Build();

    private AIFunction Tool() => AIFunctionFactory.Create(
        (string text) =>
        {
            _sent.Add(text);
            _ran.Add(FunctionInvokingChatClient.CurrentContext!.CallContent);
            return $"sent {text}";
        },
        "send");

    private async Task<ChatResponse> AskAsync(IChatClient client, bool isStreamed, List<ChatResponseUpdate> updates, ChatOptions? options = null, List<ChatMessage>? messages = null)
    {
        messages ??= [new(ChatRole.User, "Go.")];
        options ??= new() { Tools = [Tool()] };
        if (!isStreamed)
        {
            return await client.GetResponseAsync(messages, options, Token);
        }

        await foreach (var update in client.GetStreamingResponseAsync(messages, options, Token))
        {
            updates.Add(update);
        }

        return updates.ToChatResponse();
    }

    /// <summary>Hands on calls as others that are not for information.</summary>
    private sealed class ForgettingClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            foreach (var call in response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>())
            {
                call.InformationalOnly = false;
            }

            return response;
        }
    }

    private sealed class FailingOnce(IChatClient innerClient) : DelegatingChatClient(innerClient)
    {
        public bool Fails { get; set; }

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ThrowIfFailing();
            return base.GetResponseAsync(messages, options, cancellationToken);
        }

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ThrowIfFailing();
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }

        private void ThrowIfFailing()
        {
            if (Fails)
            {
                Fails = false;
                throw new HttpRequestException("gone");
            }
        }
    }
}
