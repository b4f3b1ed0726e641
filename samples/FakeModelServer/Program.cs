using System.Runtime.InteropServices;
using FakeModelServer.Hosting;

namespace FakeModelServer;

/// <summary>Runs the server on its own, until Ctrl+C.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongArguments = 2;

    public static async Task<int> Main(string[] args)
    {
        var commandLine = CommandLine.Parse(args);

        if (commandLine.Error is { } error)
        {
            await Console.Error.WriteLineAsync($"{error} Try --help.");

            return WrongArguments;
        }

        if (commandLine.WantsHelp)
        {
            await Console.Out.WriteLineAsync(CommandLine.Usage);

            return Success;
        }

        try
        {
            await ServeAsync(commandLine.Port);

            return Success;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);

            return Failure;
        }
    }

    private static async Task ServeAsync(int port)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        await using var server = await FakeServer.StartAsync(new FakeServerOptions { Port = port });
        await Console.Out.WriteLineAsync($"Listening on {server.BaseAddress} (Ctrl+C stops)");
        await stopped.Task;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
