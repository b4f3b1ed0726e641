namespace AiObs.TestSupport.Tests;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Advance_BothClocks_MoveByTheSameAmount()
    {
        var now = _clock.GetUtcNow();
        var timestamp = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1_250));

        Assert.Equal(TimeSpan.FromMilliseconds(1_250), _clock.GetUtcNow() - now);
        Assert.Equal(TimeSpan.FromMilliseconds(1_250), _clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Advance_OneTickShortOfDueTime_DoesNotFire()
    {
        Start("once", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["once at 5"], _fired);
    }

    [Fact]
    public void TryAdvanceToNextTimer_TimerWithin_FiresItAndNoOther()
    {
        Start("late", TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);
        Start("next", TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);

        Assert.True(_clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(4)));
        Assert.Equal(["next at 4"], _fired);
    }

    [Fact]
    public void TryAdvanceToNextTimer_NoneWithin_LeavesTheClockAlone()
    {
        var now = _clock.GetUtcNow();
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
        Start("late", TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);

        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(8)));
        Assert.Equal(now, _clock.GetUtcNow());
    }

    [Fact]
    public void Advance_PastSeveralTimers_FiresThemInDueOrderAtTheirOwnTime()
    {
        Start("late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        Start("periodic", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["periodic at 2", "late at 3", "periodic at 4", "periodic at 6"], _fired);
    }

    [Fact]
    public void Advance_TimerThatMovesTheClockFurther_DoesNotMoveItBack()
    {
        var clock = new TestClock();
        var start = clock.GetUtcNow();
        using var timer = clock.CreateTimer(_ => clock.Advance(TimeSpan.FromHours(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(3601), clock.GetUtcNow() - start);
    }

    [Fact]
    public void Advance_AfterDispose_DoesNotFire()
    {
        var timer = Start("disposed", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(_fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void Change_ToALaterTime_ReplacesTheEarlierOne()
    {
        var timer = Start("moved", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["moved at 4"], _fired);
    }

    [Fact]
    public void CreateTimer_DueAtOnce_FiresWithoutAdvance()
    {
        Start("now", TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Equal(["now at 0"], _fired);
    }

    [Fact]
    public async Task Advance_PastADelayOfTheClock_CompletesTheDelay()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, TestContext.Current.CancellationToken);
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }

    private ITimer Start(string name, TimeSpan dueTime, TimeSpan period)
    {
        var start = _clock.GetTimestamp();

        return _clock.CreateTimer(_ => _fired.Add($"{name} at {_clock.GetElapsedTime(start).TotalSeconds:0}"), null, dueTime, period);
    }
}
