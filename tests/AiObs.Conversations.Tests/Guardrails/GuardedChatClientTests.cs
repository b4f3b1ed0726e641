using AiObs.Guardrails;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>Input and output of a guarded client, plain and streamed.</summary>
public sealed class GuardedChatClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Input_Refused_SendsNothingAndThrows(bool isStreamed)
    {
        var model = new StubChatClient();
        var client = Guarded(model, null, Rule(GuardrailStages.Input, GuardrailMode.Block));

        var exception = await Assert.ThrowsAsync<GuardrailException>(() => AskAsync(client, isStreamed, "a secret"));

        Assert.Equal("The guardrail 'secrets' refused the input: a secret", exception.Message);
        Assert.Equal((GuardrailStages.Input, GuardrailMode.Block), (exception.Finding.Stage, exception.Finding.Mode));
        Assert.Empty(model.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Input_RefusedWithAText_AnswersWithIt(bool isStreamed)
    {
        var model = new StubChatClient();

        var response = await AskAsync(Guarded(model, "No.", Rule(GuardrailStages.Input, GuardrailMode.Block)), isStreamed, "a secret");

        Assert.Equal(("No.", ChatFinishReason.ContentFilter, ChatRole.Assistant), (response.Text, response.FinishReason, response.Messages[0].Role));
        Assert.Empty(model.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Input_Redacted_IsSentSoEachTime_AndIsTheCallersAsItWas(bool isStreamed)
    {
        var model = new StubChatClient();
        var client = Guarded(model, null, Rule(GuardrailStages.Input, GuardrailMode.Redact));
        List<ChatMessage> history = [new(ChatRole.System, "secret rules"), new(ChatRole.User, "a secret")];
        await AskAsync(client, isStreamed, history);
        history.AddRange([new(ChatRole.Assistant, "Fine."), new(ChatRole.User, "and another secret")]);

        await AskAsync(client, isStreamed, history);

        Assert.Equal("system: secret rules | user: a [SECRETS] | assistant: Fine. | user: and another [SECRETS]", StrictModel.Describe(model.Calls[1].Messages));
        Assert.Equal("a secret", history[1].Text);
        Assert.Same(history[2], model.Calls[1].Messages.ElementAt(2));
    }

    [Theory]
    [InlineData(GuardrailMode.Block)]
    [InlineData(GuardrailMode.Warn)]
    public async Task Input_OlderMessages_AreRefusedForNoMore(GuardrailMode mode)
    {
        var guardrail = StubGuardrail.Finding("secret");
        var model = new StubChatClient();

        await AskAsync(Guarded(model, null, new GuardrailRule(guardrail, mode) { Stages = GuardrailStages.Input }), false, [new(ChatRole.User, "a secret"), new(ChatRole.Assistant, "No."), new(ChatRole.User, "fine")]);

        Assert.Equal((1, 1), (guardrail.Checks, model.Calls.Count));
    }

    [Fact]
    public async Task NothingFound_PassesTheVeryObjects()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")) { RawRepresentation = "raw" };
        var model = StubChatClient.Answering(response);
        var options = new ChatOptions();
        List<ChatMessage> messages = [new(ChatRole.User, "fine")];

        var answer = await Guarded(model, null, Rule(GuardrailStages.All, GuardrailMode.Redact)).GetResponseAsync(messages, options, Token);

        Assert.Same(response, answer);
        Assert.Same(messages, model.Calls[0].Messages);
        Assert.Same(options, model.Calls[0].Options);
    }

    [Theory]
    [InlineData(GuardrailMode.Warn)]
    [InlineData(GuardrailMode.Shadow)]
    public async Task Output_WarnAndShadow_ChangeNothing(GuardrailMode mode)
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "a secret"));

        Assert.Same(response, await Guarded(StubChatClient.Answering(response), null, Rule(GuardrailStages.Output, mode)).GetResponseAsync("Go.", cancellationToken: Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_Refused_Throws(bool isStreamed)
    {
        var exception = await Assert.ThrowsAsync<GuardrailException>(() => AskAsync(Guarded(Model(), null, Rule(GuardrailStages.Output, GuardrailMode.Block)), isStreamed, "Go."));

        Assert.Equal("The guardrail 'secrets' refused the output: a secret", exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_RefusedWithAText_AnswersWithItAndCountsTokens(bool isStreamed)
    {
        var response = await AskAsync(Guarded(Model(), "No.", Rule(GuardrailStages.Output, GuardrailMode.Block)), isStreamed, "Go.");

        Assert.Equal(("No.", ChatFinishReason.ContentFilter, 15L), (response.Messages[^1].Text, response.FinishReason, response.Usage!.TotalTokenCount));
        Assert.DoesNotContain("secret", string.Concat(response.Messages.Select(static message => message.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_Redacted_LosesEachRawForm(bool isStreamed)
    {
        var text = new TextContent("my secret") { RawRepresentation = "raw", AdditionalProperties = new() { ["logprobs"] = "secret" } };
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, [text]) { RawRepresentation = "raw" }) { RawRepresentation = "raw" };
        var model = new StubChatClient
        {
            OnResponse = _ => Task.FromResult(response),
            OnStream = _ => new StubUpdates(new(ChatRole.Assistant, [text]) { RawRepresentation = "raw" }, new(ChatRole.Assistant, []) { RawRepresentation = "all of it", FinishReason = ChatFinishReason.Stop }),
        };

        var answer = await AskAsync(Guarded(model, null, Rule(GuardrailStages.Output, GuardrailMode.Redact)), isStreamed, "Go.");

        Assert.Equal("my [SECRETS]", answer.Text);
        Assert.Equal((null, null), (answer.RawRepresentation, answer.Messages[0].RawRepresentation));
        Assert.Equal((null, null), (answer.Messages[0].Contents[0].RawRepresentation, answer.Messages[0].Contents[0].AdditionalProperties));
        Assert.Equal(("my secret", "raw", "raw"), (text.Text, text.RawRepresentation, response.Messages[0].RawRepresentation));
    }

    private static StubChatClient Model() => StubChatClient.Scripted(new ChatResponse(new ChatMessage(ChatRole.Assistant, "my secret")) { Usage = new() { TotalTokenCount = 15 } });

    private static GuardrailRule Rule(GuardrailStages stages, GuardrailMode mode) => new(StubGuardrail.Finding("secret"), mode) { Stages = stages };

    private static IChatClient Guarded(IChatClient model, string? refusalText, params GuardrailRule[] rules) => model.UseGuardrails(configure: options =>
    {
        Array.ForEach(rules, options.Guardrails.Add);
        options.RefusalText = refusalText;
    });

    private static Task<ChatResponse> AskAsync(IChatClient client, bool isStreamed, string text) => AskAsync(client, isStreamed, [new(ChatRole.User, text)]);

    private static Task<ChatResponse> AskAsync(IChatClient client, bool isStreamed, List<ChatMessage> messages) =>
        isStreamed ? client.GetStreamingResponseAsync(messages, cancellationToken: Token).ToChatResponseAsync(Token) : client.GetResponseAsync(messages, cancellationToken: Token);
}
