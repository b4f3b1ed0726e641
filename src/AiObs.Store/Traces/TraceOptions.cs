namespace AiObs.Store;

/// <summary>How traces are kept.</summary>
public sealed class TraceOptions
{
    /// <summary>Gets or sets how many traces are kept in memory. Where there is no room, the oldest trace of the source with the most spans goes.</summary>
    /// <value>The default is 1,000. Must lie between 1 and 100,000.</value>
    public int MaxTraces { get; set; } = 1_000;

    /// <summary>Gets or sets how many spans are kept in memory.</summary>
    /// <value>The default is 100,000. Must lie between 1 and 10,000,000.</value>
    public int MaxSpans { get; set; } = 100_000;

    /// <summary>
    /// Gets or sets how many bytes of content, attributes and events are kept in memory. A span that alone has more is kept without content, and if that is not enough without the others.
    /// </summary>
    /// <value>The default is 67,108,864 (64 MiB). Must lie between 1,024 (1 KiB) and 1,099,511,627,776 (1 TiB).</value>
    public long MaxContentBytes { get; set; } = 64L << 20;

    /// <summary>Gets or sets how many spans may wait for the store; where there is no room, new ones are dropped and counted in <c>aiobs.traces.dropped</c>.</summary>
    /// <value>The default is 10,000. Must lie between 1 and 1,000,000.</value>
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>Gets or sets about how many bytes of memory they may take.</summary>
    /// <value>The default is 67,108,864 (64 MiB). Must lie between 1,024 (1 KiB) and 1,099,511,627,776 (1 TiB).</value>
    public long QueueCapacityBytes { get; set; } = 64L << 20;

    /// <summary>Gets or sets what is dropped while the host runs, when it starts and then after each <see cref="RetentionInterval"/>.</summary>
    /// <value>The default is <see cref="TraceRetention.Default"/>: 14 days or 1,000,000 spans, content for 3 days, durations for 400.</value>
    public TraceRetention Retention { get; set; } = TraceRetention.Default;

    /// <summary>Gets or sets how often it is dropped.</summary>
    /// <value>The default is 1 hour. Must lie between 1 second and 24 days.</value>
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromHours(1);
}
