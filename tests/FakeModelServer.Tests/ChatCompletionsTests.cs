using OpenAI.Chat;

namespace FakeModelServer.Tests;

public sealed class ChatCompletionsTests : FakeServerTest
{
    private static readonly ChatMessage[] Question = [new UserChatMessage("Weather?")];

    [Fact]
    public async Task CompleteChatAsync_NothingScripted_EchoesTheUser()
    {
        ChatCompletion completion = await Clients.CreateOpenAIChat(Server).CompleteChatAsync(Question, null, TestToken);

        Assert.Equal("You said: Weather?", completion.Content[0].Text);
        Assert.Equal((ChatFinishReason.Stop, "gpt-4o"), (completion.FinishReason, completion.Model));
        Assert.Equal((2, 5), (completion.Usage.InputTokenCount, completion.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task CompleteChatAsync_FullReply_HasTextAndBothToolCalls()
    {
        Server.Enqueue(Replies.Full);

        ChatCompletion completion = await Clients.CreateOpenAIChat(Server).CompleteChatAsync(Question, null, TestToken);

        Assert.Equal("One moment.", completion.Content[0].Text);
        Assert.Equal((ChatFinishReason.ToolCalls, "served-model"), (completion.FinishReason, completion.Model));
        Assert.Equal(
            ["call_fake000001x0 get_weather {\"city\":\"Paris\"}", "my_call get_time {\"zone\":\"CET\"}"],
            completion.ToolCalls.Select(call => $"{call.Id} {call.FunctionName} {call.FunctionArguments}"));
    }

    [Fact]
    public async Task CompleteChatAsync_UsageScripted_ReportsEveryDetail()
    {
        Server.Enqueue(Replies.Full);

        ChatCompletion completion = await Clients.CreateOpenAIChat(Server).CompleteChatAsync(Question, null, TestToken);

        AssertUsage(completion.Usage);
    }

    [Fact]
    public async Task CompleteChatAsync_OneToolCall_HasNoContent()
    {
        Server.Enqueue(ModelReply.Call("get_weather", "{}"));

        ChatCompletion completion = await Clients.CreateOpenAIChat(Server).CompleteChatAsync(Question, null, TestToken);

        Assert.Empty(completion.Content);
        Assert.Equal("get_weather", Assert.Single(completion.ToolCalls).FunctionName);
    }

    [Theory]
    [InlineData(FinishReason.Stop, ChatFinishReason.Stop)]
    [InlineData(FinishReason.StopSequence, ChatFinishReason.Stop)]
    [InlineData(FinishReason.Length, ChatFinishReason.Length)]
    [InlineData(FinishReason.ToolCalls, ChatFinishReason.ToolCalls)]
    [InlineData(FinishReason.ContentFilter, ChatFinishReason.ContentFilter)]
    public async Task CompleteChatAsync_FinishReasonScripted_IsSpeltInTheProtocol(FinishReason scripted, ChatFinishReason expected)
    {
        Server.Enqueue(ModelReply.Say("x") with { FinishReason = scripted });

        ChatCompletion completion = await Clients.CreateOpenAIChat(Server).CompleteChatAsync(Question, null, TestToken);

        Assert.Equal(expected, completion.FinishReason);
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_FullReply_ArrivesInTheScriptedPieces()
    {
        Server.Enqueue(Replies.Full);

        var updates = await StreamAsync();

        Assert.Equal(["One ", "moment."], updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text).Where(NotEmpty));
        Assert.Equal(
            ["0 {\"city\":", "0 \"Paris\"}", "1 {\"zone\":\"CET\"}"],
            updates.SelectMany(update => update.ToolCallUpdates)
                .Where(call => call.FunctionArgumentsUpdate is { } arguments && arguments.ToMemory().Length > 0)
                .Select(call => $"{call.Index} {call.FunctionArgumentsUpdate}"));
        Assert.Equal(
            ["call_fake000001x0 get_weather", "my_call get_time"],
            updates.SelectMany(update => update.ToolCallUpdates)
                .Where(call => call.FunctionName is not null)
                .Select(call => $"{call.ToolCallId} {call.FunctionName}"));
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_FullReply_EndsWithFinishReasonAndUsage()
    {
        Server.Enqueue(Replies.Full);

        var updates = await StreamAsync();

        Assert.Equal(ChatFinishReason.ToolCalls, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
        AssertUsage(Assert.Single(updates, update => update.Usage is not null).Usage);
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_UsageOmitted_NeverSendsUsage()
    {
        Server.Enqueue(Replies.Full with { OmitUsage = true });

        var updates = await StreamAsync();

        Assert.NotEmpty(updates);
        Assert.DoesNotContain(updates, update => update.Usage is not null);
    }

    [Fact]
    public async Task Post_StreamWithoutUsageOption_SendsNoUsage()
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent("""{"model": "gpt-4o", "stream": true, "messages": []}""");

        var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, TestToken);
        var text = await response.Content.ReadAsStringAsync(TestToken);

        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("usage", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", "\"reasoning_content\":\"Let me look.\"")]
    [InlineData("true", "\"reasoning_content\":\"Let me \"")]
    public async Task Post_ReasoningScripted_SendsReasoningContent(string stream, string expected)
    {
        Server.Enqueue(Replies.Full);
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent($$"""{"model": "gpt-4o", "messages": [], "stream": {{stream}}}""");

        var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, TestToken);

        Assert.Contains(expected, await response.Content.ReadAsStringAsync(TestToken), StringComparison.Ordinal);
    }

    private async Task<List<StreamingChatCompletionUpdate>> StreamAsync() =>
        await Clients.CreateOpenAIChat(Server).CompleteChatStreamingAsync(Question, null, TestToken).ToListAsync(TestToken);

    private static bool NotEmpty(string text) => text.Length > 0;

    private static void AssertUsage(ChatTokenUsage usage)
    {
        Assert.Equal((100, 50, 150), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((30, 3), (usage.InputTokenDetails.CachedTokenCount, usage.InputTokenDetails.AudioTokenCount));
        Assert.Equal((7, 4), (usage.OutputTokenDetails.ReasoningTokenCount, usage.OutputTokenDetails.AudioTokenCount));
    }
}
