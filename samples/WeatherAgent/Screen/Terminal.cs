using System.Text;
using Spectre.Console;

namespace WeatherAgent.Screen;

/// <summary>Is where the sample prints: in colour on a terminal, plain and of a fixed width when piped.</summary>
internal sealed class Terminal
{
    private const int PipedWidth = 100;

    private readonly TextWriter _error;

    /// <summary>Initializes a new instance of the <see cref="Terminal"/> class.</summary>
    /// <param name="output">Where everything goes but errors.</param>
    /// <param name="error">Where errors go.</param>
    /// <param name="isPiped">Whether no terminal reads the output.</param>
    public Terminal(TextWriter output, TextWriter error, bool isPiped = true)
    {
        Out = Create(output, isPiped);
        _error = error;
    }

    public IAnsiConsole Out { get; }

    /// <summary>Returns the one that this process prints to.</summary>
    public static Terminal OfTheProcess()
    {
        Console.OutputEncoding = Encoding.UTF8;

        return new Terminal(Console.Out, Console.Error, Console.IsOutputRedirected);
    }

    /// <summary>Shows a line as it is: addresses and paths must not be broken.</summary>
    public void ShowLine(string text) => Out.Profile.Out.Writer.WriteLine(PlainText.CleanLine(text));

    /// <summary>Shows lines as they are.</summary>
    public void ShowText(string text) => Out.Profile.Out.Writer.WriteLine(PlainText.Clean(text));

    /// <summary>Shows an error as one line: what servers and files say in it must not look like lines of ours.</summary>
    public void ShowError(string message) => _error.WriteLine(PlainText.CleanLine(message));

    private static IAnsiConsole Create(TextWriter writer, bool isPiped)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPiped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,

            // Build servers would be given colours even when piped.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });

        if (isPiped)
        {
            console.Profile.Width = PipedWidth;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }
}
