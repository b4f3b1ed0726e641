using System.ComponentModel.DataAnnotations;
using SupportDesk.Model;

namespace SupportDesk;

/// <summary>Runs the support desk: a web page, an assistant with tools behind it, and what AiObs sees of both.</summary>
internal static class Program
{
    private const int Failure = 1;
    private const int WrongSettings = 2;

    public static Task<int> Main(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>Serves the page until the process is told to stop, and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var app = await DeskApplication.BuildAsync(args, cancellationToken: cancellationToken);
            await app.StartAsync(cancellationToken);
            Introduce(app, output);
            await app.WaitForShutdownAsync(cancellationToken);

            return 0;
        }
        catch (Exception exception) when (exception is ValidationException or InvalidOperationException or FormatException)
        {
            await error.WriteLineAsync(exception.Message);

            return WrongSettings;
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync($"{exception.Message} Another address: --urls http://127.0.0.1:0");

            return Failure;
        }
    }

    private static void Introduce(WebApplication app, TextWriter output)
    {
        var options = app.Services.GetRequiredService<DeskOptions>();
        var model = app.Services.GetRequiredService<ModelConnection>();

        output.WriteLine(FormattableString.Invariant($"""
            Support desk: {app.Urls.First()}
            Dashboard:    {app.Urls.First()}/aiobs

              model    {model.Description}
              store    {Path.GetFullPath(options.Database)}: events and costs; traces beside it
              budget   ${options.VisitorBudget} for a visitor and a day, ${options.TotalBudget} for everybody

            Open the page and ask "Where is my order 1001?", "Refund order 1002, it is broken", or "How long may I send things back?".
            Each answer says what it cost and shows what was recorded; ask until the budget refuses. Ctrl+C ends it.
            """));
    }
}
