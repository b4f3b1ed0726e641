namespace AiObs.TestSupport.Tests;

public sealed class AllocationMeterTests
{
    private object? _kept;

    [Fact]
    public void BytesPerRun_NothingAllocated_IsZero() =>
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => _kept = this));

    [Fact]
    public void BytesPerRun_AnArrayEachTime_IsItsSize() =>
        Assert.Equal(1_024, AllocationMeter.BytesPerRun(() => _kept = new byte[1_000]));

    [Fact]
    public void BytesPerRun_CompletedValueTask_IsZero() =>
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => ValueTask.CompletedTask));

    [Fact]
    public void BytesPerRun_TaskThatIsNotComplete_Fails() =>
        Assert.ThrowsAny<Exception>(() => AllocationMeter.BytesPerRun(() => new ValueTask(new TaskCompletionSource().Task)));
}
