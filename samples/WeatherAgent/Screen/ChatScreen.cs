using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Spectre.Console;

namespace WeatherAgent.Screen;

/// <summary>Shows a conversation while it goes on.</summary>
internal sealed class ChatScreen(IAnsiConsole console)
{
    private static readonly Style Question = new(decoration: Decoration.Bold);
    private static readonly Style ToolCall = new(foreground: Color.Grey);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _isInLine;

    public void ShowIntroduction(string model)
    {
        console.WriteLine($"Weather assistant: {PlainText.CleanLine(model)}");
        console.WriteLine();
    }

    public void ShowKept(string name, long count)
    {
        console.WriteLine(PlainText.CleanLine(count == 0 ? $"Conversation {name} begins." : $"Conversation {name} goes on after {count} messages."));
        console.WriteLine();
    }

    public void ShowQuestion(string question) => console.WriteLine($"> {PlainText.CleanLine(question)}", Question);

    /// <summary>Shows a piece of the answer at once.</summary>
    public void Show(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent text:
                    ShowText(text.Text);
                    break;
                case FunctionCallContent call:
                    ShowCall(call.Name, JsonSerializer.Serialize(call.Arguments, Readable));
                    break;
            }
        }
    }

    /// <summary>Shows a piece of text at once.</summary>
    public void ShowText(string text)
    {
        if (text.Length > 0)
        {
            Write(PlainText.Clean(text));
        }
    }

    public void ShowCall(string tool, string arguments)
    {
        EndLine();
        console.WriteLine(PlainText.CleanLine($"  {tool} {arguments}"), ToolCall);
    }

    public void EndAnswer()
    {
        EndLine();
        console.WriteLine();
    }

    // Not through the console's layout, which would break lines at every piece of the stream.
    private void Write(string text)
    {
        console.Profile.Out.Writer.Write(text);
        console.Profile.Out.Writer.Flush();
        _isInLine = true;
    }

    private void EndLine()
    {
        if (_isInLine)
        {
            console.WriteLine();
            _isInLine = false;
        }
    }
}
