namespace AiObs.TestSupport.Tests;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void GetUtcNow_NoStartGiven_IsTheSameEveryTime() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), _clock.GetUtcNow());

    [Fact]
    public void Advance_PastSeveralTimers_FiresThemInDueOrderAtTheirOwnTime()
    {
        Start("late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        Start("periodic", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6.5));

        Assert.Equal(["periodic at 2", "late at 3", "periodic at 4", "periodic at 6"], _fired);
        Assert.Equal(6.5, Now);
    }

    [Fact]
    public void Advance_PastATimerThatSetsItselfAgain_FiresItEachTime()
    {
        ITimer? timer = null;
        timer = _clock.CreateTimer(_ => Again(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["2", "4"], _fired);

        void Again()
        {
            _fired.Add($"{Now}");
            timer!.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public void Advance_TimerThatMovesTheClockFurther_DoesNotMoveItBack()
    {
        using var timer = _clock.CreateTimer(_ => _clock.Advance(TimeSpan.FromHours(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(3601, Now);
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
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
        Start("late", TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);

        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(8)));
        Assert.Equal(0, Now);
    }

    [Fact]
    public void TryAdvanceToNextTimer_ChangedAndDisposedTimers_AreForgotten()
    {
        Start("moved", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        Start("stopped", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)).Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start("disposed", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)).Dispose();

        Assert.True(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
        Assert.Equal(["moved at 4"], _fired);
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Change_AfterDispose_DoesNothing()
    {
        var timer = Start("disposed", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
        Assert.Empty(_fired);
    }

    [Fact]
    public void CreateTimer_DueAtOnce_FiresWithoutAdvance()
    {
        Start("now", TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Equal(["now at 0"], _fired);
    }

    private double Now => (_clock.GetUtcNow() - _clock.Start).TotalSeconds;

    private ITimer Start(string name, TimeSpan dueTime, TimeSpan period) =>
        _clock.CreateTimer(_ => _fired.Add($"{name} at {Now}"), null, dueTime, period);
}
