using AiObs.Cost.Budgets;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetValidationTests
{
    public static TheoryData<Budget, string> Wrong => new()
    {
        { new() { Name = " ", Limit = 1 }, "S:0:Name is empty. Give the budget a name; refusals, metrics and log records show it." },
        { new() { Name = "b" }, "S:0 has no limit. Set Limit (in USD), TokenLimit, or both." },
        { new() { Name = "b", Limit = -0.5m }, "S:0:Limit is -0.5. Give an amount in USD greater than 0." },
        { new() { Name = "b", TokenLimit = 0 }, "S:0:TokenLimit is 0. Give a number of tokens greater than 0." },
        { new() { Name = "b", Limit = 1, Scope = (BudgetScope)9 }, "S:0:Scope has the unknown value 9. Use Global, User, Conversation, Session or Tag." },
        { new() { Name = "b", Limit = 1, Mode = (BudgetMode)9 }, "S:0:Mode has the unknown value 9. Use Block, Warn or Shadow." },
        { new() { Name = "b", Limit = 1, Window = (BudgetWindow)9 }, "S:0:Window has the unknown value 9. Use CalendarDay, CalendarMonth, Rolling, PerCall or Lifetime." },
        { new() { Name = "b", Limit = 1, Tag = "x" }, "S:0:Tag is 'x', but Scope is Global. Set Scope to Tag, or leave Tag out." },
        { new() { Name = "b", Limit = 1, Tag = "", Scope = BudgetScope.Tag }, "S:0:Tag is empty. Give it a value, or leave it out." },
        { new() { Name = "b", Limit = 1, ModelPrefix = "" }, "S:0:ModelPrefix is empty. Give it a value, or leave it out." },
        { new() { Name = "b", Limit = 1, Mode = BudgetMode.Warn, EndStreams = true }, "S:0:EndStreams is on, but Mode is Warn, which never stops anything. Set Mode to Block, or leave EndStreams out." },
        { new() { Name = "b", TokenLimit = 1, RefuseUnpriced = true }, "S:0:RefuseUnpriced is on, but there is no limit in money. Set Limit, or leave RefuseUnpriced out." },
        { new() { Name = "b", Limit = 1, Window = BudgetWindow.Rolling }, "S:0:Period is missing. Say how long the rolling window is, such as 01:00:00." },
        { new() { Name = "b", Limit = 1, Period = TimeSpan.FromHours(1) }, "S:0:Period is 01:00:00, but Window is CalendarDay. Set Window to Rolling, or leave Period out." },
        { new() { Name = "b", Limit = 1, Window = BudgetWindow.Rolling, Period = TimeSpan.Zero }, "S:0:Period is 00:00:00. Give a time from a second to 366 days." },
        { new() { Name = "b", Limit = 1, Window = BudgetWindow.Lifetime, Scope = BudgetScope.User }, "S:0:Window is Lifetime, but Scope is User, whose accounts would never end. Use a rolling window with a long Period, such as 30.00:00:00." },
        { new() { Name = "b", Limit = 1, Window = BudgetWindow.PerCall, TimeZone = "UTC" }, "S:0:TimeZone is 'UTC', but Window is PerCall. Only calendar days and months have a time zone; leave it out." },
        { new() { Name = "b", Limit = 1, AlertAt = [0.5m, 0] }, "S:0:AlertAt:1 is 0. Give a part of the limit, greater than 0 and at most 1, such as 0.8." },
        { new() { Name = "b", Limit = 1, AlertAt = [1.01m] }, "S:0:AlertAt:0 is 1.01. Give a part of the limit, greater than 0 and at most 1, such as 0.8." },
        { new() { Name = "b", Limit = 1, AlertAt = [0.5m, 0.8m, 0.5m] }, "S:0:AlertAt:2 is 0.5, as an earlier one. Give each part once." },
        { new() { Name = "b", Limit = 1, AlertAt = [1], Window = BudgetWindow.PerCall }, "S:0:AlertAt is set, but Window is PerCall, in which nothing is added up. Choose another window, or leave AlertAt out." },
        { new() { Name = "b", Limit = 1, TimeZone = "Mars/Olympus" }, "S:0:TimeZone is 'Mars/Olympus', which this machine does not know. Use a name such as Europe/Berlin, or leave it out for UTC." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_WrongBudget_SaysWhatAndWhereAndWhatToDo(Budget budget, string failure)
    {
        var failures = new List<string>();

        BudgetValidation.Validate([budget], "S", failures);

        Assert.Equal([failure], failures);
    }

    [Fact]
    public void Validate_TwoBudgetsOfOneName_NamesTheSecond()
    {
        var failures = new List<string>();

        BudgetValidation.Validate([new() { Name = "b", Limit = 1 }, new() { Name = "b", TokenLimit = 1 }], "S", failures);

        Assert.Equal(["S:1:Name is 'b', as that of an earlier budget. Give each budget a name of its own."], failures);
    }

    [Fact]
    public void Validate_RightBudgets_FindsNothing()
    {
        var failures = new List<string>();

        BudgetValidation.Validate(
            [
                new() { Name = "a", Limit = 0.01m, TokenLimit = 1, EndStreams = true, RefuseUnpriced = true, ModelPrefix = "gpt" },
                new() { Name = "b", Limit = 1, Scope = BudgetScope.Tag, Tag = "x", Window = BudgetWindow.Lifetime, Mode = BudgetMode.Shadow },
                new() { Name = "c", Limit = 1, Scope = BudgetScope.User, Window = BudgetWindow.Rolling, Period = TimeSpan.FromDays(366) },
                new() { Name = "d", Limit = 1, Window = BudgetWindow.CalendarMonth, TimeZone = "Europe/Berlin" },
            ],
            "S",
            failures);

        Assert.Empty(failures);
    }

    [Fact]
    public void Validate_DefaultOptions_FindsNothing()
    {
        var checks = new OptionChecks("S");

        ReservationValidation.Validate(new ReservationOptions(), checks);
        ReservationValidation.Validate(new BurnRateOptions(), checks);
        ReservationValidation.Validate(new ReservationOptions { HighestOutputTokens = null }, checks);

        Assert.False(checks.HasFailures);
    }

    [Fact]
    public void Validate_WrongReservationOptions_SaysWhatAndWhereAndWhatToDo()
    {
        var checks = new OptionChecks("S");

        ReservationValidation.Validate(
            new ReservationOptions
            {
                DefaultOutputTokens = -1,
                HighestOutputTokens = -2,
                Lifetime = TimeSpan.Zero,
                KeyCapacity = 0,
                StreamEndTimeout = TimeSpan.FromHours(1),
            },
            checks);

        Assert.Equal(
            [
                "S:DefaultOutputTokens is -1. Give a number of tokens from 0 to 10,000,000.",
                "S:HighestOutputTokens is -2. Give a number of tokens from DefaultOutputTokens (-1) to 10,000,000, or null.",
                "S:Lifetime is 00:00:00. Give a time from a second to 7 days.",
                "S:KeyCapacity is 0. Give a number from 1 to 1,000,000.",
                "S:StreamEndTimeout is 01:00:00. Give a time from 0 to 5 minutes.",
            ],
            checks.Result.Failures);
    }

    [Fact]
    public void Validate_WrongBurnRateOptions_SaysWhatAndWhereAndWhatToDo()
    {
        var checks = new OptionChecks("S");

        ReservationValidation.Validate(
            new BurnRateOptions { FastWindow = TimeSpan.FromDays(40), SlowWindow = TimeSpan.FromDays(32), FastThreshold = 0, SlowThreshold = double.NaN },
            checks);

        Assert.Equal(
            [
                "S:SlowWindow is 32.00:00:00. Give a time from a second to 31 days.",
                "S:FastWindow is 40.00:00:00. Give a time from a second up that is shorter than SlowWindow (32.00:00:00).",
                "S:FastThreshold is 0. Give a burn rate greater than 0, such as 3 for three times faster than evenly.",
                "S:SlowThreshold is NaN. Give a burn rate greater than 0, such as 3 for three times faster than evenly.",
            ],
            checks.Result.Failures);
    }
}
