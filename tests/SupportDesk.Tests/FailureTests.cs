using System.Net;
using System.Text;
using AiObs;
using AiObs.Events;
using AiObs.Store;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using SupportDesk.Model;

namespace SupportDesk.Tests;

/// <summary>Asks where the model, or the visitor, goes away.</summary>
public sealed class FailureTests
{
    private const string Broken = """failed {"message":"The model cannot be reached, or has broken off. Please ask again in a moment."}""";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_IsGone_IsToldInTheStream()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        await desk.Model.DisposeAsync();

        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");

        Assert.Equal(2, events.Count);
        Assert.Equal(Broken, events[0]);
        Assert.Equal(0, (long)DeskVisitor.DoneOf(events)["cost"]!["calls"]!);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Model_Fails_IsToldWithoutWhatTheModelSaid(int status)
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(new ModelReply { Error = new ModelError { Status = status, Message = "secret of the provider" } });

        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");

        Assert.Equal(Broken, events[0]);
        Assert.DoesNotContain(events, static item => item.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Model_BreaksOff_KeepsWhatCameAndForgetsTheTurn()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Enqueue(Replies.Say("Half ", "an answer.") with { CutAfterPieces = 1 }, Replies.Say("Whole."));

        var broken = await visitor.AskAsync(conversation, "Hi");
        var whole = await visitor.AskAsync(conversation, "Hi again");

        Assert.Equal(["""text {"delta":"Half "}""", Broken], broken.SkipLast(1));
        Assert.Equal("Whole.", DeskVisitor.TextOf(whole));
        Assert.DoesNotContain("Half", desk.Model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Model_IsSlow_IsGivenUpAfterAWhile()
    {
        var clock = new TestClock();
        await using var desk = await RunningDesk.StartAsync(clock: clock);
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.SayAndGoSilent());

        List<string> events = [];
        await foreach (var item in visitor.StreamAsync(await visitor.StartConversationAsync(), "Hi"))
        {
            events.Add(item);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            ["""text {"delta":"One "}""", """failed {"message":"The answer took too long, so I gave up. Please ask again."}"""],
            events.SkipLast(1));
        Assert.Equal(RequestOutcome.Disconnected, await desk.Model.Requests[0].Finished);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Visitor_LeavesInTheMiddle_EndsTheModelsCallAndMayAskAgain()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Enqueue(Replies.SayAndGoSilent());
        await foreach (var _ in visitor.StreamAsync(conversation, "Hi"))
        {
            break;
        }

        var outcome = await desk.Model.Requests[0].Finished;
        var spans = await desk.Spans.WaitForSpansAsync(2, TestToken);

        Assert.Equal(RequestOutcome.Disconnected, outcome);
        Assert.Equal("cancelled", spans.Single(span => span.DisplayName == "chat claude-sonnet-4-5").GetTagItem("aiobs.stream.outcome"));
        var observability = desk.Services.GetRequiredService<AgentObservability>();
        await observability.Events.FlushAsync(TestToken);
        var failed = await desk.Services.GetRequiredService<IEventLog>().ListAsync(new EventQuery { Type = AgentEventTypes.CallFailed }, TestToken);
        Assert.Equal("cancelled", Assert.Single(failed.Events).Event.Data["outcome"]);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task SecondQuestion_WhileTheFirstIsAnswered_IsRefused()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Enqueue(Replies.SayAndGoSilent());

        await foreach (var _ in visitor.StreamAsync(conversation, "Hi"))
        {
            using var second = await visitor.SendAsync(conversation, new StringContent("{\"text\":\"Hi\"}", Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
            Assert.Contains("The last question is still being answered.", await second.Content.ReadAsStringAsync(TestToken), StringComparison.Ordinal);

            break;
        }
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Visitor_AfterLeavingInTheMiddle_IsAnsweredInTheSameConversation()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Enqueue(Replies.SayAndGoSilent());
        await foreach (var _ in visitor.StreamAsync(conversation, "Hi"))
        {
            break;
        }

        desk.Model.Enqueue(Replies.Say("Welcome back."));
        HttpResponseMessage response;
        do
        {
            // The turn ends when the server notices that the visitor is gone.
            response = await visitor.SendAsync(conversation, new StringContent("{\"text\":\"Hi\"}", Encoding.UTF8, "application/json"));
        }
        while (response.StatusCode == HttpStatusCode.Conflict);

        Assert.Contains("Welcome back.", await response.Content.ReadAsStringAsync(TestToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Store_CannotBeWritten_SaysSoAndAsksNobody()
    {
        using var folder = new TemporaryDirectory();
        var clock = new TestClock();
        var desk = await RunningDesk.StartAsync([new("Desk:Database", Path.Combine(folder.Path, "missing", "desk.db"))], clock);
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.Say("Hello."));

        var asked = visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");
        await AdvanceUntilAsync(asked, clock);
        await AdvanceUntilAsync(desk.DisposeAsync().AsTask(), clock);

        var events = await asked;
        Assert.Equal("", DeskVisitor.TextOf(events));
        Assert.Contains(events, static item => item.StartsWith("failed ", StringComparison.Ordinal));
        Assert.Empty(desk.Model.Requests);
    }

    [Fact]
    public async Task Provider_NamedWithoutItsKey_IsRefusedAtTheStart()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningDesk.StartAsync([new("Desk:Provider", "OpenAI"), new(ModelConnection.OpenAIKey, "")]));

        Assert.Equal("There is no key in OPENAI_API_KEY. Set it, or leave Desk:Provider out for the script on this machine.", refusal.Message);
    }

    /// <summary>Moves the clock each time that somebody waits by it, until the task has ended.</summary>
    private static async Task AdvanceUntilAsync(Task task, TestClock clock)
    {
        while (!task.IsCompleted)
        {
            var change = clock.TimerChange;
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(task, change);
        }

        await task;
    }
}
