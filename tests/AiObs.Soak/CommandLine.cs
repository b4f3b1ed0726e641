using System.CommandLine;

namespace AiObs.Soak;

/// <summary>Declares the arguments and says what they mean.</summary>
internal static class CommandLine
{
    private const int ShortestSeconds = 5;

    public static RootCommand Create(TextWriter output)
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long the load runs.",
            DefaultValueFactory = static _ => SoakOptions.DefaultSeconds,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "What the load follows from.",
            DefaultValueFactory = static _ => SoakOptions.DefaultSeed,
        };
        var report = new Option<string?>("--report") { HelpName = "FILE", Description = "Also writes the report to a file." };
        seconds.Validators.Add(static result =>
        {
            // What is no number at all has its own error.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < ShortestSeconds)
            {
                result.AddError($"--seconds must be {ShortestSeconds} or more.");
            }
        });

        var command = new RootCommand(
            "Runs mixed load through AiObs against a scripted model server, lets things fail meanwhile, and compares what everybody saw. "
            + "Exits with 1 when anything does not reconcile.")
        {
            seconds, seed, report,
        };
        command.SetAction(async (arguments, _) =>
        {
            var options = new SoakOptions(
                TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(seed), arguments.GetValue(report));

            return await new SoakCommand(options, output).RunAsync();
        });

        return command;
    }
}
