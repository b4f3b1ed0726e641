namespace FakeModelServer;

/// <summary>Describes how a <see cref="FakeServer"/> starts.</summary>
public sealed class FakeServerOptions
{
    /// <summary>Gets or sets the loopback port.</summary>
    /// <value>The default is 0: any free port.</value>
    public int Port { get; set; }

    /// <summary>Gets or sets what answers when no reply is queued.</summary>
    /// <value>The default is null: the server says what it was told. So it does when the handler returns null.</value>
    public Func<ModelRequest, ModelReply?>? Handler { get; set; }

    /// <summary>Gets or sets how many requests are remembered; older ones are forgotten.</summary>
    /// <value>The default is 1,000. Must be at least 1.</value>
    public int RequestCapacity { get; set; } = 1_000;

    /// <summary>Gets or sets how many replies may wait.</summary>
    /// <value>The default is 1,000. Must be at least 1.</value>
    public int ReplyCapacity { get; set; } = 1_000;

    /// <summary>Gets or sets a value indicating whether requests are refused with status 400, as providers do, where a tool result has no call before it or a call has no result behind it.</summary>
    /// <value>The default is false. A request that is refused takes no reply. Ollama's protocol has no such rule.</value>
    public bool RefuseBrokenToolCalls { get; set; }

    /// <summary>Gets or sets the clock for delays and creation times.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
