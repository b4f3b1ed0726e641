using System.Text;

namespace AiObs.Pictures;

/// <summary>The text of one or more runs, a section for each, as it is approved.</summary>
public sealed class Picture
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a section.</summary>
    /// <param name="title">Its title, which no other section has.</param>
    /// <param name="body">What it shows, usually from <see cref="Recorder.DrawAsync"/>.</param>
    /// <returns>This picture.</returns>
    public Picture Add(string title, string body)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(PictureSections.Header(title)).Append('\n').Append(body.ReplaceLineEndings("\n").TrimEnd('\n')).Append('\n');

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
