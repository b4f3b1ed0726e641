namespace FakeModelServer.Tests;

/// <summary>Gives every test a running server of its own.</summary>
public abstract class FakeServerTest : IAsyncLifetime
{
    private FakeServer? _server;

    protected static CancellationToken TestToken => TestContext.Current.CancellationToken;

    protected FakeServer Server => _server ?? throw new InvalidOperationException("The test has not been initialized.");

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync(cancellationToken: TestToken);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a callback that lets the first pieces of a stream pass and holds the next until the client is gone.</summary>
    protected static Func<int, CancellationToken, Task> HoldAt(int held) =>
        (piece, cancellationToken) => piece == held ? new TaskCompletionSource().Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
