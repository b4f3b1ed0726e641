using System.Net;
using AiObs.TestSupport;
using SupportDesk.Assistant;

namespace SupportDesk.Tests;

/// <summary>Asks until a budget refuses.</summary>
public sealed class BudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Visitor_HasUsedTheBudgetUp_IsToldSoAndTheModelIsNotAsked()
    {
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01")], new TestClock(Noon));
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Handler = static _ => Replies.Say("Hello.");

        await visitor.AskAsync(conversation, "Hi");
        var events = await visitor.AskAsync(conversation, "Hi");

        Assert.Equal(2, events.Count);
        Assert.Matches(
            """^refused \{"message":"Your budget for today is used up: \$0\.0045 of \$0\.01 are spent, and to go on may take \$0\.00\d+\. It is full again on December 1 at 00:00 UTC\."\}$""",
            events[0]);
        Assert.Equal(
            """{"usd":0,"isExact":true,"calls":0,"inputTokens":0,"outputTokens":0} {"spent":0.0045,"limit":0.01}""",
            $"{DeskVisitor.DoneOf(events)["cost"]!.ToJsonString()} {DeskVisitor.DoneOf(events)["budget"]!.ToJsonString()}");
        Assert.Single(desk.Model.Requests);
    }

    [Fact]
    public async Task Visitor_OnTheNextDay_IsAnsweredAgain()
    {
        var clock = new TestClock(Noon);
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01")], clock);
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Handler = static _ => Replies.Say("Hello.");
        await visitor.AskAsync(conversation, "Hi");
        await visitor.AskAsync(conversation, "Hi");

        clock.Advance(TimeSpan.FromHours(12));

        Assert.Equal("Hello.", DeskVisitor.TextOf(await visitor.AskAsync(conversation, "Hi")));
    }

    [Fact]
    public async Task Budget_UsedUpInTheMiddleOfAnAnswer_SaysWhatTheToolDidAndWhatItCost()
    {
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01")]);
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.Call(SupportTools.LookUpOrder, """{"orderId":"1001"}"""));

        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), "Where is my order 1001?");

        Assert.Equal(["tool_call", "tool_result", "refused", "done"], events.Select(static item => item.Split(' ')[0]));
        Assert.Equal(0.0045m, (decimal)DeskVisitor.DoneOf(events)["cost"]!["usd"]!);
    }

    [Fact]
    public async Task SecondVisitor_WhenTheFirstHasNothingLeft_IsAnswered()
    {
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01")]);
        using var first = await desk.EnterAsync();
        using var second = await desk.EnterAsync();
        desk.Model.Handler = static _ => Replies.Say("Hello.");
        await first.AskAsync(await first.StartConversationAsync(), "Hi");

        var events = await second.AskAsync(await second.StartConversationAsync(), "Hi");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("Hello.", DeskVisitor.TextOf(events));
    }

    [Fact]
    public async Task Visitor_AfterLeaving_IsSomebodyElseUntilEverybodysBudgetIsUsedUp()
    {
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01"), new("Desk:TotalBudget", "0.01")], new TestClock(Noon));
        using var visitor = await desk.EnterAsync();
        desk.Model.Handler = static _ => Replies.Say("Hello.");
        await visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");

        var left = await visitor.LeaveAsync();
        var session = await visitor.ReadSessionAsync();
        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.NotEqual(visitor.Id, (string?)session["user"]);
        Assert.Equal("""{"spent":0,"limit":0.01}""", session["budget"]!.ToJsonString());
        Assert.StartsWith("""refused {"message":"Our budget for today is used up: $0.0045 of $0.01 are spent""", events[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task SecondQuestion_WhileTheBudgetIsSetAsideForTheFirst_IsToldToWait()
    {
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01")]);
        using var visitor = await desk.EnterAsync();
        var (isSilent, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        desk.Model.Enqueue(Replies.Say("Hello.") with
        {
            BeforePiece = (_, cancellationToken) =>
            {
                isSilent.SetResult();

                return goOn.Task.WaitAsync(cancellationToken);
            },
        });

        var first = visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");
        await isSilent.Task;
        var second = await visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");
        goOn.SetResult();

        Assert.Equal("""refused {"message":"Your budget is set aside for answers that are still being written. Please wait for them and ask again."}""", second[0]);
        Assert.Equal("Hello.", DeskVisitor.TextOf(await first));
    }
}
