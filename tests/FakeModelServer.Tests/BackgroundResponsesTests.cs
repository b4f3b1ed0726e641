using System.ClientModel;
using OpenAI.Responses;

namespace FakeModelServer.Tests;

public sealed class BackgroundResponsesTests : FakeServerTest
{
    private static ModelReply Reply => ModelReply.Say("Sun", "ny.") with { PendingPolls = 1 };

    private ResponsesClient Responses => Clients.CreateResponses(Server);

    [Fact]
    public async Task CreateResponseAsync_InTheBackground_IsQueuedUntilItHasBeenAskedForOftenEnough()
    {
        Server.Enqueue(Reply);

        var queued = await CreateAsync();
        ResponseResult running = await Responses.GetResponseAsync(queued.Id, TestToken);
        ResponseResult done = await Responses.GetResponseAsync(queued.Id, TestToken);

        Assert.Equal(
            (ResponseStatus.Queued, ResponseStatus.InProgress, ResponseStatus.Completed), (queued.Status, running.Status, done.Status));
        Assert.Equal((null, null, "Sunny."), (queued.Usage, running.Usage, done.GetOutputText()));
        Assert.Equal((queued.Id, queued.Id), (running.Id, done.Id));
    }

    [Fact]
    public async Task GetResponseStreamingAsync_InTheBackground_StreamsIt()
    {
        Server.Enqueue(ModelReply.Say("Sun", "ny."));
        var queued = await CreateAsync();

        var updates = await Responses.GetResponseStreamingAsync(queued.Id, TestToken).ToListAsync(TestToken);

        Assert.Equal(["Sun", "ny."], updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(static update => update.Delta));
    }

    [Fact]
    public async Task CancelResponseAsync_InTheBackground_CancelsItForGood()
    {
        Server.Enqueue(Reply);
        var queued = await CreateAsync();

        await Responses.CancelResponseAsync(queued.Id, TestToken);
        ResponseResult cancelled = await Responses.GetResponseAsync(queued.Id, TestToken);

        Assert.Equal((ResponseStatus.Cancelled, null), (cancelled.Status, cancelled.Usage));
    }

    [Fact]
    public async Task GetResponseAsync_NoSuchResponse_IsNotFound()
    {
        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => Responses.GetResponseAsync("resp_never", TestToken));

        Assert.Equal(404, thrown.Status);
    }

    [Fact]
    public async Task CreateResponseAsync_StatusScripted_EndsWithIt()
    {
        Server.Enqueue(ModelReply.Say("x") with { ResponseStatus = "failed" });

        ResponseResult response = await Responses.CreateResponseAsync("o4-mini", "Weather?", null, TestToken);

        Assert.Equal((ResponseStatus.Failed, null), (response.Status, response.Error));
    }

    private async Task<ResponseResult> CreateAsync() => await Responses.CreateResponseAsync(
        new CreateResponseOptions
        {
            Model = "o4-mini",
            BackgroundModeEnabled = true,
            InputItems = { ResponseItem.CreateUserMessageItem("Weather?") },
        },
        TestToken);
}
