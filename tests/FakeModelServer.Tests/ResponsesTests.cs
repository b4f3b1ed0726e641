using OpenAI.Responses;

namespace FakeModelServer.Tests;

public sealed class ResponsesTests : FakeServerTest
{
    private const string Model = "o4-mini";

    [Fact]
    public async Task CreateResponseAsync_NothingScripted_EchoesTheUser()
    {
        var response = await CreateAsync();

        Assert.Equal("You said: Weather?", response.GetOutputText());
        Assert.Equal((ResponseStatus.Completed, Model), (response.Status, response.Model));
    }

    [Fact]
    public async Task CreateResponseAsync_FullReply_HasReasoningTextAndToolCalls()
    {
        Server.Enqueue(Replies.Full);

        var response = await CreateAsync();

        var reasoning = Assert.Single(response.OutputItems.OfType<ReasoningResponseItem>());
        Assert.Equal(("Let me look.", "c2lnbmF0dXJl"), (reasoning.GetSummaryText(), reasoning.EncryptedContent));
        Assert.Equal("One moment.", response.GetOutputText());
        Assert.Equal(
            ["call_fake000001x0 get_weather {\"city\":\"Paris\"}", "my_call get_time {\"zone\":\"CET\"}"],
            response.OutputItems.OfType<FunctionCallResponseItem>()
                .Select(call => $"{call.CallId} {call.FunctionName} {call.FunctionArguments}"));
        AssertUsage(response.Usage);
    }

    [Theory]
    [InlineData(FinishReason.Length, "max_output_tokens")]
    [InlineData(FinishReason.ContentFilter, "content_filter")]
    public async Task CreateResponseAsync_StoppedEarly_IsIncomplete(FinishReason scripted, string expected)
    {
        Server.Enqueue(ModelReply.Say("x") with { FinishReason = scripted });

        var response = await CreateAsync();

        Assert.Equal(ResponseStatus.Incomplete, response.Status);
        Assert.Equal(expected, response.IncompleteStatusDetails?.Reason?.ToString());
    }

    [Fact]
    public async Task CreateResponseAsync_ConversationAsItems_ReachesTheHandlerAsMessages()
    {
        var seen = new TaskCompletionSource<ModelRequest>();
        Server.Handler = request =>
        {
            seen.SetResult(request);

            return null;
        };

        await Clients.CreateResponses(Server).CreateResponseAsync(
            Model,
            [
                ResponseItem.CreateUserMessageItem("Weather?"),
                ResponseItem.CreateFunctionCallItem("c1", "get_weather", BinaryData.FromString("{}")),
                ResponseItem.CreateFunctionCallOutputItem("c1", "sunny"),
            ],
            null,
            TestToken);

        var request = await seen.Task;
        Assert.Equal(["user", "assistant", "tool"], request.Messages.Select(message => message.Role));
        Assert.Equal("Weather?", request.LastUserText);
        Assert.Equal("get_weather", Assert.Single(request.Messages[1].ToolCalls).Name);
        Assert.Equal([new ModelToolResult("c1", "sunny")], request.NewToolResults);
    }

    [Fact]
    public async Task CreateResponseStreamingAsync_FullReply_ArrivesInTheScriptedPieces()
    {
        Server.Enqueue(Replies.Full);

        var updates = await StreamAsync();

        Assert.Equal(
            ["Let me ", "look."],
            updates.OfType<StreamingResponseReasoningSummaryTextDeltaUpdate>().Select(update => update.Delta));
        Assert.Equal(["One ", "moment."], updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(update => update.Delta));
        Assert.Equal(
            ["2 {\"city\":", "2 \"Paris\"}", "3 {\"zone\":\"CET\"}"],
            updates.OfType<StreamingResponseFunctionCallArgumentsDeltaUpdate>().Select(update => $"{update.OutputIndex} {update.Delta}"));
        Assert.Equal(Enumerable.Range(0, updates.Count), updates.Select(update => update.SequenceNumber));
    }

    [Fact]
    public async Task CreateResponseStreamingAsync_FullReply_EndsWithTheWholeResponse()
    {
        Server.Enqueue(Replies.Full);

        var updates = await StreamAsync();

        var end = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]);
        Assert.Equal(4, end.Response.OutputItems.Count);
        AssertUsage(end.Response.Usage);
    }

    [Fact]
    public async Task CreateResponseStreamingAsync_UsageOmitted_EndsWithoutUsage()
    {
        Server.Enqueue(Replies.Full with { OmitUsage = true });

        var updates = await StreamAsync();

        Assert.Null(Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]).Response.Usage);
    }

    [Fact]
    public async Task CreateResponseStreamingAsync_StoppedEarly_EndsAsIncomplete()
    {
        Server.Enqueue(ModelReply.Say("x") with { FinishReason = FinishReason.Length });

        var updates = await StreamAsync();

        Assert.IsType<StreamingResponseIncompleteUpdate>(updates[^1]);
    }

    private async Task<ResponseResult> CreateAsync() =>
        await Clients.CreateResponses(Server).CreateResponseAsync(Model, "Weather?", null, TestToken);

    private async Task<List<StreamingResponseUpdate>> StreamAsync() =>
        await Clients.CreateResponses(Server).CreateResponseStreamingAsync(Model, "Weather?", null, TestToken).ToListAsync(TestToken);

    private static void AssertUsage(ResponseTokenUsage usage)
    {
        Assert.Equal((100, 50, 150), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((30, 20), (usage.InputTokenDetails.CachedTokenCount, usage.InputTokenDetails.CacheWriteTokenCount));
        Assert.Equal(7, usage.OutputTokenDetails.ReasoningTokenCount);
    }
}
