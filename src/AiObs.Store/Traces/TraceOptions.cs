using System.ComponentModel.DataAnnotations;

namespace AiObs.Store;

/// <summary>How traces are kept.</summary>
public sealed class TraceOptions
{
    /// <summary>Gets or sets how many traces are kept in memory. Where there is no room, the oldest trace of the source with the most spans goes.</summary>
    /// <value>The default is 1,000. Must lie between 1 and 100,000.</value>
    [Range(1, 100_000)]
    public int MaxTraces { get; set; } = 1_000;

    /// <summary>Gets or sets how many spans are kept in memory.</summary>
    /// <value>The default is 100,000. Must lie between 1 and 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int MaxSpans { get; set; } = 100_000;

    /// <summary>Gets or sets how many bytes of content are kept in memory.</summary>
    /// <value>The default is 67,108,864 (64 MiB). Must lie between 0 and 17,179,869,184 (16 GiB).</value>
    [Range(0L, 1L << 34)]
    public long MaxContentBytes { get; set; } = 64L << 20;
}
