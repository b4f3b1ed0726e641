using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Stands between Npgsql and a server, counts what is asked of the server, and cuts the connection at one of the questions.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private const int StartupVersion = 3;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _server;
    private readonly FaultKind _kind;
    private readonly int _failing;
    private readonly Task _accepting;
    private int _count;

    public FaultyProxy(string serverDirectory, FaultKind kind, int failing)
    {
        _server = Path.Combine(serverDirectory, ".s.PGSQL.5432");
        _kind = kind;
        _failing = failing;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Count => _count;

    public bool IsHealed { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                connections.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server), _end.Token);
                await using var asking = new NetworkStream(client);
                await using var answering = new NetworkStream(server);
                var answers = new Answers(answering, asking);
                await Task.WhenAny(answers.PassOnAsync(_end.Token), AskAsync(asking, answering, answers));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has gone, which the other learns by the end of this.
            }
        }
    }

    /// <summary>Passes questions on, each of which ends in a message that the server answers.</summary>
    private async Task AskAsync(NetworkStream client, NetworkStream server, Answers answers)
    {
        var question = new MemoryStream();
        var isStarted = false;
        while (true)
        {
            var type = isStarted ? await ReadAsync(client, question, 1) : null;
            var length = BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(client, question, 4));
            var body = await ReadAsync(client, question, length - 4);
            var isStartup = !isStarted && BinaryPrimitives.ReadInt16BigEndian(body) == StartupVersion;
            isStarted |= isStartup;
            if (isStarted && !isStartup && type![0] is not ((byte)'S' or (byte)'Q' or (byte)'X'))
            {
                continue;
            }

            var isFailing = (isStartup || isStarted) && (type is null or [not (byte)'X']) && IsFailing();
            if (isFailing && _kind != FaultKind.Done)
            {
                return;
            }

            answers.Withhold(isFailing);
            await server.WriteAsync(question.GetBuffer().AsMemory(0, (int)question.Length), _end.Token);
            question.SetLength(0);
        }
    }

    private bool IsFailing()
    {
        var number = Interlocked.Increment(ref _count);
        return !IsHealed && (_kind == FaultKind.AllFromThereOn ? number >= _failing : number == _failing);
    }

    private async Task<byte[]> ReadAsync(NetworkStream client, MemoryStream question, int count)
    {
        var bytes = new byte[count];
        await client.ReadExactlyAsync(bytes, _end.Token);
        question.Write(bytes);
        return bytes;
    }

    private sealed class Answers(NetworkStream server, NetworkStream client)
    {
        private volatile bool _isWithheld;

        public void Withhold(bool isWithheld) => _isWithheld = isWithheld;

        /// <summary>Passes answers on, until one is withheld: the server has done what was asked by then.</summary>
        public async Task PassOnAsync(CancellationToken cancellationToken)
        {
            var buffer = new byte[65_536];
            while (await server.ReadAsync(buffer, cancellationToken) is > 0 and var count && !_isWithheld)
            {
                await client.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
    }
}
