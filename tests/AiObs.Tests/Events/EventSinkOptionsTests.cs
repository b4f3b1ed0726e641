using AiObs.Events;
using AiObs.TestSupport;

namespace AiObs.Tests.Events;

public sealed class EventSinkOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(Failures(_ => { }));

    [Fact]
    public void Validate_EverythingWrong_SaysWhatWhereAndWhatToDo() => Assert.Equal(
        [
            "AgentObservability:Events:Sinks:audit:Delivery has the unknown value 7. Use BestEffort or Durable.",
            "AgentObservability:Events:Sinks:audit:QueueCapacity is 0. Give a number from 1 to 1,000,000.",
            "AgentObservability:Events:Sinks:audit:QueueCapacityBytes is 1023. Give a number of bytes from 1,024 (1 KiB) to 1,099,511,627,776 (1 TiB).",
            "AgentObservability:Events:Sinks:audit:BatchSize is 10001. Give a number from 1 to 10,000.",
            "AgentObservability:Events:Sinks:audit:FailureThreshold is 0. Give a number from 1 to 1,000.",
            "AgentObservability:Events:Sinks:audit:BatchAge is -00:00:01. Give a time from zero up to 01:00:00.",
            "AgentObservability:Events:Sinks:audit:WriteTimeout is 00:00:00. Give a time above zero up to 01:00:00.",
            "AgentObservability:Events:Sinks:audit:DurableTimeout is 00:00:00. Give a time above zero up to 01:00:00.",
            "AgentObservability:Events:Sinks:audit:BackOff is 02:00:00. Give a time above zero up to 01:00:00.",
            "AgentObservability:Events:Sinks:audit:MaxBackOff is 00:00:30. Give a time from BackOff, which is 02:00:00, up to 01:00:00.",
            "AgentObservability:Events:Sinks:audit:Types has an empty entry. Name event types, or leave the option out to receive all.",
        ],
        Failures(o =>
        {
            o.Delivery = (EventDelivery)7;
            o.QueueCapacity = 0;
            o.QueueCapacityBytes = 1_023;
            o.BatchSize = 10_001;
            o.FailureThreshold = 0;
            o.BatchAge = TimeSpan.FromSeconds(-1);
            o.WriteTimeout = TimeSpan.Zero;
            o.DurableTimeout = TimeSpan.Zero;
            o.BackOff = TimeSpan.FromHours(2);
            o.Types.Add(" ");
        }));

    [Fact]
    public void Validate_WrongEventOptions_SaysWhatWhereAndWhatToDo() => Assert.Equal(
        [
            "AgentObservability:Events:SlowCallThreshold is 00:00:00. Give a time above zero, or leave the option out to raise no event.",
            "AgentObservability:Events:ExpensiveCallThreshold is -0.5. Give an amount above zero in USD, or leave the option out to raise no event.",
            "AgentObservability:Events:ShutdownTimeout is 00:11:00. Give a time from zero to 00:10:00.",
        ],
        new EventOptionsValidator().Validate(null, new EventOptions
        {
            SlowCallThreshold = TimeSpan.Zero,
            ExpensiveCallThreshold = -0.5m,
            ShutdownTimeout = TimeSpan.FromMinutes(11),
        }).Failures!);

    [Fact]
    public async Task Options_ChangedAfterwards_StayAsTheyWere()
    {
        await using var root = new EventRoot();
        EventSinkOptions? kept = null;
        var sink = root.AddSink(o => kept = o);

        kept!.Types.Add("other");
        await root.TrackAsync("a");

        await root.OnlyAsync(sink, "a");
    }

    private static IEnumerable<string> Failures(Action<EventSinkOptions> change)
    {
        var options = new EventSinkOptions();
        change(options);
        return new EventSinkOptionsValidator().Validate("audit", options).Failures ?? [];
    }
}
