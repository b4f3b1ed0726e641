using AiObs;
using AiObs.Cost;
using AiObs.Events;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace SupportDesk.Tests;

/// <summary>Looks for whom it is said that things were done.</summary>
public sealed class ContextTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task TwoVisitors_AtOnce_HaveTheirOwnAnswersCostsEventsAndSpans()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var first = await desk.EnterAsync();
        using var second = await desk.EnterAsync();
        string[] conversations = [await first.StartConversationAsync(), await second.StartConversationAsync()];
        var waiting = 0;
        var bothAreThere = new TaskCompletionSource();
        desk.Model.Handler = request => Replies.Say($"Hello {request.LastUserText}.") with
        {
            BeforePiece = (_, cancellationToken) =>
            {
                if (Interlocked.Increment(ref waiting) == 2)
                {
                    bothAreThere.SetResult();
                }

                return bothAreThere.Task.WaitAsync(cancellationToken);
            },
        };

        var answers = await Task.WhenAll(first.AskAsync(conversations[0], "Ada"), second.AskAsync(conversations[1], "Bob"));

        Assert.Equal(["Hello Ada.", "Hello Bob."], answers.Select(DeskVisitor.TextOf));
        Assert.All(answers, answer => Assert.Equal((1L, 0.0045m), ((long)DeskVisitor.DoneOf(answer)["cost"]!["calls"]!, (decimal)DeskVisitor.DoneOf(answer)["cost"]!["usd"]!)));
        (string?, string?)[] expected = [(first.Id, conversations[0]), (second.Id, conversations[1])];
        var observability = desk.Services.GetRequiredService<AgentObservability>();
        var costs = await observability.Costs!.Store.ListAsync(CostQuery.All, TestToken);
        Assert.Equal(expected.Order(), costs.Records.Select(record => (record.UserId, record.ConversationId)).Order());
        Assert.Equal(2, costs.Records.Select(record => record.SessionId).OfType<string>().Distinct().Count());
        await observability.Events.FlushAsync(TestToken);
        var events = await desk.Services.GetRequiredService<IEventLog>().ListAsync(new EventQuery { Type = AgentEventTypes.ResponseReceived }, TestToken);
        Assert.Equal(expected.Order(), events.Events.Select(logged => (logged.Event.UserId, logged.Event.ConversationId)).Distinct().Order());
        Assert.Equal(
            expected.Concat(expected).Order(),
            desk.Spans.Spans.Where(static span => span.OperationName is not ("converse" or "memory.apply")).Select(span => ((string?)span.GetTagItem("user.id"), (string?)span.GetTagItem("gen_ai.conversation.id"))).Order());
    }

    [Fact]
    public async Task Records_OfAnotherVisitorsConversation_AreNotFound()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        using var stranger = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        var own = await stranger.StartConversationAsync();
        desk.Model.Enqueue(Replies.Say("A secret."));
        var trace = (string)DeskVisitor.DoneOf(await visitor.AskAsync(conversation, "Hi"))["traceId"]!;

        var direct = await stranger.GetAsync($"api/conversations/{conversation}/traces/{trace}");
        var aslant = await stranger.GetAsync($"api/conversations/{own}/traces/{trace}");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, direct.StatusCode);
        Assert.StartsWith($$"""{"traceId":"{{trace}}","spans":[],"calls":[],"events":[]""", await aslant.Content.ReadAsStringAsync(TestToken), StringComparison.Ordinal);
    }
}
