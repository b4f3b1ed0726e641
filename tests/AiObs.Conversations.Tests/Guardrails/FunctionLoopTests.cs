using AiObs.Guardrails;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>Calls that are refused inside of the real function loop, under a model that refuses what providers refuse.</summary>
public sealed class FunctionLoopTests
{
    private const string RefusedText = "Refused.";

    private int _goodRuns;
    private int _badRuns;

    /// <summary>Gets the answers of models: <c>bad</c> is refused, <c>good</c> is not.</summary>
    public static TheoryData<string, int, int> Patterns => new()
    {
        { "=Done.", 0, 1 },
        { "good#a|=Done.", 1, 2 },
        { "bad#a|=Done.", 0, 2 },
        { "bad#a good#b|=Done.", 1, 2 },
        { "good#a bad#b|=Done.", 1, 2 },
        { "bad#a good#b good#c|=Done.", 2, 2 },
        { "good#a bad#b bad#c|=Done.", 1, 2 },
        { "bad#a bad#b bad#c|=Done.", 0, 2 },
        { "bad#a|bad#b|=Done.", 0, 3 },
        { "bad#a good#b|good#c bad#d|=Done.", 2, 3 },
        { "bad#a|bad#b good#c|good#d|=Done.", 2, 4 },
        { "bad#a|good#a|=Done.", 1, 3 },
        { "bad#a|bad#a|good#a|=Done.", 1, 4 },
        { "bad#a", 0, 4 },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Loop_PlainCall_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, isStreamed: false, new(pattern.Split('|')));

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Loop_Stream_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, isStreamed: true, new(pattern.Split('|')));

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Loop_StreamWithoutRoles_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) =>
        AssertAsync(pattern, runs, asks, isStreamed: true, new(pattern.Split('|')) { HasRoles = false });

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Loop_ServiceKeepsHistory_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) =>
        AssertAsync(pattern, runs, asks, isStreamed: false, new(pattern.Split('|')) { KeepsHistory = true });

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Loop_StreamOfServiceThatKeepsHistory_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) =>
        AssertAsync(pattern, runs, asks, isStreamed: true, new(pattern.Split('|')) { KeepsHistory = true });

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task Loop_PlainAndStreamed_GiveEqualMessages(string pattern, int runs, int asks)
    {
        var plain = await AskAsync(Client(new StrictModel(pattern.Split('|'))), isStreamed: false, Options());
        var streamed = await AskAsync(Client(new StrictModel(pattern.Split('|'))), isStreamed: true, Options());

        Assert.Equal(StrictModel.Describe(plain.Messages), StrictModel.Describe(streamed.Messages));
        Assert.Equal((2 * runs, asks * 15L), (_goodRuns, streamed.Usage!.TotalTokenCount));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Loop_ManyAtOnce_MixesNothingUp(bool isStreamed, bool keepsHistory)
    {
        var model = new StrictModel("bad#a good#b", "bad#c", "=Done.") { KeepsHistory = keepsHistory };
        var client = Client(model);

        var responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => AskAsync(client, isStreamed, Options()), Token)));

        Assert.All(responses, static response => Assert.Equal("Done.", response.Messages[^1].Text));
        Assert.Equal((200, 0, 600), (_goodRuns, _badRuns, model.Calls.Count));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Loop_ToolIsRequired_AsksAgainWithoutThat(bool isStreamed, bool names)
    {
        var model = new StrictModel("bad#a", "=Done.");
        var options = Options();
        options.ToolMode = names ? ChatToolMode.RequireSpecific("bad") : ChatToolMode.RequireAny;

        await AskAsync(Client(model), isStreamed, options);

        Assert.Equal([options.ToolMode, null], model.Calls.Select(static call => call.Options!.ToolMode));
        Assert.NotNull(options.ToolMode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loop_NeverSatisfied_IsToldToUseNoToolsAtLast(bool isStreamed)
    {
        var model = new StrictModel("bad#a");

        var response = await AskAsync(Client(model), isStreamed, Options());

        Assert.Equal((RefusedText, ChatFinishReason.ContentFilter), (response.Messages[^1].Text, response.FinishReason));
        Assert.Equal([null, null, null, ChatToolMode.None], model.Calls.Select(static call => call.Options!.ToolMode));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Loop_IterationLimit_CountsItsOwnCallsAlone(bool isStreamed, bool keepsHistory)
    {
        var model = new StrictModel("bad#a", "good#b", "bad#c", "good#d", "bad#e", "=Done.") { KeepsHistory = keepsHistory };
        var client = Client(model, loop => loop.MaximumIterationsPerRequest = 2);

        var response = await AskAsync(client, isStreamed, Options());

        Assert.Equal(("Done.", 2, 6), (response.Messages[^1].Text, _goodRuns, model.Calls.Count));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Loop_DeclarationBesideARefusedCall_ReachesTheCaller(bool isStreamed, bool keepsHistory)
    {
        var model = new StrictModel("bad#a outside#b", keepsHistory ? "outside#c" : "=Done.", "=Done.") { KeepsHistory = keepsHistory };
        var client = Client(model);
        var options = Options();
        options.Tools!.Add(AIFunctionFactory.Create(static () => "", "outside").AsDeclarationOnly());

        List<ChatMessage> history = [new(ChatRole.User, "Go.")];
        var response = await AskAsync(client, isStreamed, options, history);
        var open = response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().Single(static call => !call.InformationalOnly);
        ChatMessage result = new(ChatRole.Tool, [new FunctionResultContent(open.CallId, "from outside")]);

        // Another guard, as in another process: what the service is owed does not hang on the one before.
        options.ConversationId = response.ConversationId;
        var last = await AskAsync(Client(model), isStreamed, options, keepsHistory ? [result] : [.. history, .. response.Messages, result]);

        Assert.Equal("Done.", last.Messages[^1].Text);
        Assert.Equal((0, keepsHistory ? "c" : "b"), (_badRuns, open.CallId));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    public async Task Loop_ApprovalBesideARefusedCall_IsAskedForWhatIsAllowedAlone(bool isStreamed, bool keepsHistory, bool isApproved)
    {
        var model = new StrictModel("bad#a pay#b", keepsHistory ? "pay#c" : "=Done.", "=Done.") { KeepsHistory = keepsHistory };
        var paid = 0;
        var options = Options();
        options.Tools!.Add(new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => $"paid {++paid}", "pay")));

        List<ChatMessage> history = [new(ChatRole.User, "Go.")];
        var response = await AskAsync(Client(model), isStreamed, options, history);
        var request = Assert.Single(response.Messages.SelectMany(static message => message.Contents).OfType<ToolApprovalRequestContent>());
        var restored = System.Text.Json.JsonSerializer.Deserialize<List<ChatMessage>>(
            System.Text.Json.JsonSerializer.Serialize(response.Messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        ChatMessage answer = new(ChatRole.User, [request.CreateResponse(isApproved)]);
        options.ConversationId = response.ConversationId;
        var last = await AskAsync(Client(model), isStreamed, options, keepsHistory ? [answer] : [.. history, .. restored, answer]);

        Assert.Equal("Done.", last.Messages[^1].Text);
        Assert.Equal((isApproved ? 1 : 0, 0), (paid, _badRuns));
    }

    private async Task AssertAsync(string pattern, int runs, int asks, bool isStreamed, StrictModel model)
    {
        var options = Options();
        List<ChatMessage> history = [new(ChatRole.User, "Go.")];
        var client = Client(model);

        var response = await AskAsync(client, isStreamed, options, history);

        Assert.Equal((runs, 0, asks), (_goodRuns, _badRuns, model.Calls.Count));
        Assert.Equal((asks * 10L, asks * 5L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(pattern == "bad#a" ? RefusedText : "Done.", response.Messages[^1].Text);
        Assert.Equal(pattern == "bad#a" ? ChatFinishReason.ContentFilter : ChatFinishReason.Stop, response.FinishReason);
        AssertEachCallIsAnsweredOnce([.. history, .. response.Messages]);

        options.ConversationId = response.ConversationId;
        var again = await AskAsync(client, isStreamed, options, model.KeepsHistory ? [new(ChatRole.User, "And?")] : [.. history, .. response.Messages, new(ChatRole.User, "And?")]);
        Assert.Equal("Again.", again.Text);
    }

    private static void AssertEachCallIsAnsweredOnce(List<ChatMessage> messages)
    {
        var contents = messages.SelectMany(static message => message.Contents).ToList();
        Assert.Equal(
            contents.OfType<FunctionCallContent>().Select(static call => call.CallId).Order(StringComparer.Ordinal),
            contents.OfType<FunctionResultContent>().Select(static result => result.CallId).Order(StringComparer.Ordinal));
    }

    private static Task<ChatResponse> AskAsync(IChatClient client, bool isStreamed, ChatOptions options, List<ChatMessage>? messages = null)
    {
        messages ??= [new(ChatRole.User, "Go.")];
        return isStreamed ? client.GetStreamingResponseAsync(messages, options, Token).ToChatResponseAsync(Token) : client.GetResponseAsync(messages, options, Token);
    }

    private static IChatClient Client(StrictModel model, Action<FunctionInvokingChatClient>? configure = null) => model.AsBuilder()
        .UseFunctionInvocation(configure: configure)
        .UseGuardrails(static options =>
        {
            options.Guardrails.Add(new(RefusingTools.Named("bad"), GuardrailMode.Block));
            options.RefusalText = RefusedText;
        })
        .Build();

    private ChatOptions Options() => new()
    {
        Tools =
        [
            AIFunctionFactory.Create((string city) => Interlocked.Increment(ref _goodRuns) > 0 ? $"good {city}" : "", "good"),
            AIFunctionFactory.Create((string city) => Interlocked.Increment(ref _badRuns) > 0 ? $"bad {city}" : "", "bad"),
        ],
    };
}
