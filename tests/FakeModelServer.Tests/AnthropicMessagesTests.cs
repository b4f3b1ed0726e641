using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace FakeModelServer.Tests;

/// <summary>Drives the messages protocol through the SDK's own types.</summary>
public sealed class AnthropicMessagesTests : FakeServerTest
{
    private static readonly MessageCreateParams Question =
        new() { Model = "claude-sonnet-4-5", MaxTokens = 100, Messages = [new UserMessageParam("Weather?")] };

    [Fact]
    public async Task Create_FullReply_HasThinkingTextAndToolUse()
    {
        Server.Enqueue(Replies.Full);

        var message = await Clients.CreateAnthropic(Server).Messages.Create(Question, TestToken);

        Assert.Equal(4, message.Content.Count);
        Assert.True(message.Content[0].TryPickThinking(out var thinking));
        Assert.True(message.Content[1].TryPickText(out var text));
        Assert.True(message.Content[2].TryPickToolUse(out var toolUse));
        Assert.Equal(("Let me look.", "c2lnbmF0dXJl", "One moment."), (thinking.Thinking, thinking.Signature, text.Text));
        Assert.Equal(("get_weather", "Paris"), (toolUse.Name, toolUse.Input["city"].GetString()));
        Assert.Equal("msg_fake000001", message.ID);
    }

    [Fact]
    public async Task Create_UsageScripted_CountsInputWithoutTheCache()
    {
        Server.Enqueue(Replies.Full);

        var message = await Clients.CreateAnthropic(Server).Messages.Create(Question, TestToken);

        var usage = message.Usage;
        Assert.Equal((50, 30, 20), (usage.InputTokens, usage.CacheReadInputTokens, usage.CacheCreationInputTokens));
        Assert.Equal((50, 7), (usage.OutputTokens, usage.OutputTokensDetails?.ThinkingTokens));
    }

    [Theory]
    [InlineData(FinishReason.Stop, StopReason.EndTurn)]
    [InlineData(FinishReason.Length, StopReason.MaxTokens)]
    [InlineData(FinishReason.ToolCalls, StopReason.ToolUse)]
    [InlineData(FinishReason.ContentFilter, StopReason.Refusal)]
    [InlineData(FinishReason.StopSequence, StopReason.StopSequence)]
    public async Task Create_FinishReasonScripted_IsSpeltInTheProtocol(FinishReason scripted, StopReason expected)
    {
        Server.Enqueue(ModelReply.Say("x") with { FinishReason = scripted });

        var message = await Clients.CreateAnthropic(Server).Messages.Create(Question, TestToken);

        Assert.Equal(expected, message.StopReason?.Value());
    }

    [Fact]
    public async Task CreateStreaming_FullReply_SendsArgumentsInTheScriptedPieces()
    {
        Server.Enqueue(Replies.Full);

        var events = await Clients.CreateAnthropic(Server).Messages.CreateStreaming(Question, TestToken).ToListAsync(TestToken);

        Assert.Equal(["2 {\"city\":", "2 \"Paris\"}", "3 {\"zone\":\"CET\"}"], events.SelectMany(ReadArguments));
        Assert.True(events[0].TryPickStart(out _));
        Assert.True(events[^1].TryPickStop(out _));
    }

    [Fact]
    public async Task CreateStreaming_UsageScripted_EndsWithTotals()
    {
        Server.Enqueue(Replies.Full);

        var events = await Clients.CreateAnthropic(Server).Messages.CreateStreaming(Question, TestToken).ToListAsync(TestToken);

        Assert.True(events[^2].TryPickDelta(out var end));
        Assert.Equal((50, 30, 20), (end.Usage.InputTokens, end.Usage.CacheReadInputTokens, end.Usage.CacheCreationInputTokens));
        Assert.Equal((50, 7), (end.Usage.OutputTokens, end.Usage.OutputTokensDetails?.ThinkingTokens));
        Assert.Equal(StopReason.ToolUse, end.Delta.StopReason?.Value());
    }

    [Fact]
    public async Task CreateStreaming_UsageOmitted_IsRefusedByTheSdk()
    {
        Server.Enqueue(Replies.Full with { OmitUsage = true });
        using var client = Clients.CreateAnthropic(Server);

        var events = client.Messages.CreateStreaming(Question, TestToken);

        await Assert.ThrowsAsync<AnthropicInvalidDataException>(async () =>
        {
            await foreach (var item in events)
            {
                item.Validate();
            }
        });
    }

    [Fact]
    public async Task Create_ArgumentsAreNotJson_ShowsThemAsText()
    {
        Server.Enqueue(ModelReply.Call("get_weather", "{\"city"));
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent("""{"model": "m", "messages": []}""");

        var response = await http.PostAsync(new Uri("/v1/messages", UriKind.Relative), content, TestToken);

        Assert.Contains("\"input\":\"{\\\"city\"", await response.Content.ReadAsStringAsync(TestToken), StringComparison.Ordinal);
    }

    private static IEnumerable<string> ReadArguments(RawMessageStreamEvent streamEvent) =>
        streamEvent.TryPickContentBlockDelta(out var block) && block.Delta.TryPickInputJson(out var json)
            ? [$"{block.Index} {json.PartialJson}"]
            : [];
}
