using AiObs.Delivery;
using AiObs.TestSupport;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace AiObs.Tests.Delivery;

/// <summary>Whatever happens to a queue in whatever order: it holds what a list of its items says, has room for what fits beside them, and nobody waits where there is room.</summary>
public sealed class DeliveryQueueProperties
{
    private const int Capacity = 5;
    private const int Bytes = 12;

    private static readonly InvalidOperationException Reason = new("refused");

    [Fact]
    public void AnySteps_KeepingAll_HoldWhatTheModelHolds() =>
        Fuzz.Check(Gen.Choose(0, 999).ArrayOf(), steps => new Run(dropsOldest: false).Check(steps));

    [Fact]
    public void AnySteps_DroppingTheOldest_HoldWhatTheModelHolds() =>
        Fuzz.Check(Gen.Choose(0, 999).ArrayOf(), steps => new Run(dropsOldest: true).Check(steps));

    private sealed class Run(bool dropsOldest)
    {
        private readonly List<(long Sequence, int Size)> _waiting = [];
        private readonly List<(long Sequence, int Size)> _writing = [];
        private readonly List<(long Sequence, int Size)> _aside = [];
        private readonly HashSet<long> _refused = [];
        private readonly List<(Task Room, int Size)> _rooms = [];
        private readonly List<QueueWaiter> _waiters = [];
        private bool _isBatchOpen;
        private long _last;

        public void Check(int[] steps)
        {
            using var queue = new DeliveryQueue<string>(
                new DeliveryOptions
                {
                    Capacity = Capacity,
                    CapacityBytes = Bytes,
                    DropsOldest = dropsOldest,
                    BatchSize = 3,
                    WriteTimeout = TimeSpan.FromSeconds(1),
                    BackOff = TimeSpan.FromSeconds(1),
                    MaxBackOff = TimeSpan.FromSeconds(1),
                    StopTimeout = TimeSpan.FromSeconds(1),
                },
                static item => item.Length,
                new FakeTimeProvider());
            foreach (var step in steps)
            {
                Step(queue, step % 10, (step / 10 % 10) + (step > 950 ? Bytes : 0));
                Assert.Equal(_waiting.Count + _writing.Count + _aside.Count, queue.Count);
                Assert.Equal(_last, queue.Last);
                Assert.All(_rooms, room => Assert.False(!room.Room.IsCompleted && Fits(room.Size), "Somebody waits where there is room."));

                // What of a batch is refused at once counts once the batch has ended.
                Assert.All(_waiters, waiter => Assert.True(
                    waiter.Task.IsCompleted ? IsDone(waiter) : _isBatchOpen || !IsDone(waiter), "Somebody waits for what has left, or waits no longer for what has not."));
            }

            // All that was held gives its room back.
            queue.Abandon(Reason);
            Assert.Equal(0, queue.Count);
            Assert.All(_waiters, static waiter => Assert.True(waiter.Task.IsCompleted));
            _waiting.Clear();
            _writing.Clear();
            _aside.Clear();
            for (var i = 0; i < Capacity; i++)
            {
                Assert.Equal(QueueAdmission.Accepted, queue.Add("xx", out _, out _));
            }

            Assert.Equal(Capacity, queue.Count);
        }

        private void Step(DeliveryQueue<string> queue, int kind, int size)
        {
            switch (kind)
            {
                case < 4:
                    Add(queue, size);
                    break;
                case 4 when !_isBatchOpen && queue.Take() is { } batch:
                    _isBatchOpen = true;
                    Move(_waiting, _writing, batch.Count);
                    break;
                case 5 when queue.TakeOne() is not null:
                    _isBatchOpen = true;
                    Move(_waiting, _writing, 1);
                    break;
                case 6:
                    _isBatchOpen = false;
                    _writing.Clear();
                    queue.Finish();
                    break;
                case 7 when _writing.Count > 0:
                    queue.PutAside(_writing[0].Sequence, new string('x', _writing[0].Size));
                    Move(_writing, _aside, 1);
                    break;
                case 8 when _aside.Count > 0 && !_isBatchOpen:
                    // As the worker does: between batches.
                    queue.TakeBack(_aside[0].Sequence);
                    _aside.RemoveAt(0);
                    break;
                case 9 when _aside.Count > 0:
                    _refused.Add(_aside[0].Sequence);
                    queue.Refuse(_aside[0].Sequence, Reason);
                    _aside.RemoveAt(0);
                    break;
                default:
                    Wait(queue, size);
                    break;
            }
        }

        private void Add(DeliveryQueue<string> queue, int size)
        {
            var dropping = 0;
            var room = Fits(size);
            if (!room && dropsOldest && Fits(size, _waiting.Count))
            {
                for (; !Fits(size, dropping); dropping++)
                {
                    // The oldest go.
                }

                room = true;
            }

            Assert.Equal(room ? QueueAdmission.Accepted : QueueAdmission.Full, queue.Add(new string('x', size), out var sequence, out var dropped));
            Assert.Equal((room ? _last + 1 : 0, dropping), (sequence, dropped));
            _waiting.RemoveRange(0, dropped);
            if (room)
            {
                _waiting.Add((++_last, size));
            }
        }

        private void Wait(DeliveryQueue<string> queue, int size)
        {
            if (dropsOldest)
            {
                // Who makes room for himself waits for none, nor for items that may be dropped.
                return;
            }

            _rooms.Add((queue.WaitForRoomAsync(new string('x', size)), size));
            if (_last > 0)
            {
                _waiters.Add(queue.WaitFor(Math.Max(1, _last - size), _last, flushesTarget: false));
            }
        }

        private bool Fits(int size, int without = 0)
        {
            var held = _waiting.Skip(without).Concat(_writing).Concat(_aside).ToList();
            return held.Count == 0 || (held.Count < Capacity && held.Sum(static item => item.Size) + size <= Bytes);
        }

        private bool IsDone(QueueWaiter waiter) =>
            waiter.Task.IsFaulted
                ? _refused.Any(sequence => waiter.First <= sequence && sequence <= waiter.Last)
                : !_waiting.Concat(_writing).Concat(_aside).Any(item => waiter.First <= item.Sequence && item.Sequence <= waiter.Last);

        private static void Move(List<(long Sequence, int Size)> from, List<(long Sequence, int Size)> to, int count)
        {
            to.AddRange(from.Take(count));
            from.RemoveRange(0, count);
        }
    }
}
