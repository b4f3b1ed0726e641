namespace AiObs.Store;

/// <summary>The verification of an event log that a host makes from time to time; among the services where <see cref="StoreBuilder.VerifyEvery"/> was called, under the name of the store where it has one.</summary>
public sealed class ScheduledVerification
{
    private volatile VerificationRecord? _last;

    internal ScheduledVerification(TimeSpan interval) => Interval = interval;

    /// <summary>Gets how often the log is verified.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Gets what the last one came to; <see langword="null"/> before the first has ended.</summary>
    public VerificationRecord? Last
    {
        get => _last;
        internal set => _last = value;
    }
}
