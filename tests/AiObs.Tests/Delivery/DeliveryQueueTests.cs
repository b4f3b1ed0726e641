using AiObs.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace AiObs.Tests.Delivery;

public sealed class DeliveryQueueTests
{
    private static readonly InvalidOperationException Reason = new("refused");

    [Fact]
    public void Add_UpToTheCapacity_CountsWhatIsBeingWritten()
    {
        using var queue = Queue(capacity: 3);
        Add(queue, "a", "b");
        Assert.Equal(2, queue.Take()!.Count);

        Assert.Equal(QueueAdmission.Accepted, queue.Add("c", out var third, out _));
        Assert.Equal(QueueAdmission.Full, queue.Add("d", out var none, out _));
        Assert.Equal((3L, 3L, 0L), (queue.Count, third, none));

        queue.Finish();
        Assert.Equal(1, queue.Count);
        Assert.Equal(QueueAdmission.Accepted, queue.Add("d", out var fourth, out _));
        Assert.Equal(4, fourth);
    }

    [Fact]
    public void Add_UpToTheBytes_CountsWhatIsBeingWrittenAndWhatIsPutAside()
    {
        using var queue = Queue(bytes: 10);
        Add(queue, "aaaa", "bbbb");
        Assert.Equal(2, queue.Take()!.Count);

        Assert.Equal(QueueAdmission.Full, queue.Add("ccc", out _, out _));
        Add(queue, "cc");

        queue.PutAside(1, "aaaa");
        queue.Finish();
        Assert.Equal(2, queue.Count);
        Assert.Equal(QueueAdmission.Full, queue.Add("ddddd", out _, out _));
        Add(queue, "dddd");

        queue.Refuse(1, Reason);
        Add(queue, "eeee");
        Assert.Equal(QueueAdmission.Full, queue.Add("f", out _, out _));
        Assert.Equal(3, queue.Count);
    }

    [Fact]
    public void Add_ItemLargerThanAll_WaitsAlone()
    {
        using var queue = Queue(bytes: 10);

        Assert.Equal(QueueAdmission.Accepted, queue.Add(new string('a', 100), out _, out _));
        Assert.Equal(QueueAdmission.Full, queue.Add("b", out _, out _));
        Assert.Equal(1, queue.Take()!.Count);
        Assert.Equal(QueueAdmission.Full, queue.Add("b", out _, out _));

        queue.Finish();
        Assert.Equal(QueueAdmission.Accepted, queue.Add("b", out _, out _));
    }

    [Fact]
    public void Add_DroppingTheOldest_DropsAsManyAsItTakes()
    {
        using var queue = Queue(bytes: 10, dropsOldest: true);
        Add(queue, "aaa", "bbb", "ccc");

        Assert.Equal(QueueAdmission.Accepted, queue.Add("dddddd", out var sequence, out var dropped));

        Assert.Equal((4L, 2, 2L), (sequence, dropped, queue.Count));
        Assert.Equal(["ccc", "dddddd"], queue.Take()!.Items);
    }

    [Fact]
    public void Add_DroppingTheOldest_NeverDropsForWhatFindsNoRoomAnyway()
    {
        using var queue = Queue(bytes: 10, dropsOldest: true);
        Add(queue, "aaaaa");
        queue.Take();
        Add(queue, "bbb");

        Assert.Equal(QueueAdmission.Full, queue.Add("cccccc", out _, out var dropped));

        Assert.Equal((0, 2L), (dropped, queue.Count));
        Assert.Equal(["bbb"], queue.Take()!.Items);
    }

    [Fact]
    public async Task WaitForRoomAsync_EndsWhenWhatWasTakenHasLeft()
    {
        using var queue = Queue(capacity: 1);
        Assert.True(queue.WaitForRoomAsync("b").IsCompleted);
        Add(queue, "a");
        queue.Take();

        var room = queue.WaitForRoomAsync("b");
        Assert.False(room.IsCompleted);
        queue.Finish();

        await room.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(queue.WaitForRoomAsync("b").IsCompleted);
    }

    [Fact]
    public async Task WaitForRoomAsync_EndsWhenWhatWasPutAsideIsRefusedOrTheQueueCloses()
    {
        using var queue = Queue(capacity: 1);
        Add(queue, "a");
        queue.Take();
        queue.PutAside(1, "a");
        queue.Finish();

        var refused = queue.WaitForRoomAsync("b");
        Assert.False(refused.IsCompleted);
        queue.Refuse(1, Reason);
        await refused.WaitAsync(TestContext.Current.CancellationToken);

        Add(queue, "b");
        var closed = queue.WaitForRoomAsync("c");
        Assert.False(closed.IsCompleted);
        queue.Close();
        await closed.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Makes a queue whose items are due at once and take as many bytes as they have characters.</summary>
    private static DeliveryQueue<string> Queue(int capacity = 100, long bytes = 1_000_000, bool dropsOldest = false) => new(
        new DeliveryOptions
        {
            Capacity = capacity,
            CapacityBytes = bytes,
            DropsOldest = dropsOldest,
            BatchSize = 10,
            WriteTimeout = TimeSpan.FromSeconds(1),
            BackOff = TimeSpan.FromSeconds(1),
            MaxBackOff = TimeSpan.FromSeconds(1),
            StopTimeout = TimeSpan.FromSeconds(1),
        },
        static item => item.Length,
        new FakeTimeProvider());

    private static void Add(DeliveryQueue<string> queue, params string[] items)
    {
        foreach (var item in items)
        {
            Assert.Equal(QueueAdmission.Accepted, queue.Add(item, out _, out _));
        }
    }
}
