using System.Text;

namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>A text that was made of another one, and for each of its characters which characters of that one it stands for.</summary>
internal sealed class MappedText(string value, int[] starts, int[] ends)
{
    public string Value => value;

    /// <summary>Gets where runs begin of more characters that nobody sees than <see cref="Reach.MostHidden"/>, and how long the part is that each of them is told by.</summary>
    public IReadOnlyList<(int Start, int Length)> HiddenRuns { get; init; } = [];

    /// <summary>Returns where in the text that it was made of some of its characters stand.</summary>
    public (int Start, int Length) SpanOf(int start, int length) => (starts[start], ends[start + length - 1] - starts[start]);

    /// <summary>Returns how many of its characters stand for what ends at a place of the text that it was made of, or before it.</summary>
    public int CountUpTo(int end)
    {
        var count = Array.BinarySearch(ends, end);
        count = count < 0 ? ~count : count + 1;
        while (count < ends.Length && ends[count] <= end)
        {
            count++;
        }

        return count;
    }

    /// <summary>Returns this text with the places of the text that <paramref name="inner"/> was made of, where this one was made of <paramref name="inner"/>.</summary>
    public MappedText Over(MappedText inner)
    {
        var (outerStarts, outerEnds) = (new int[starts.Length], new int[ends.Length]);
        for (var index = 0; index < starts.Length; index++)
        {
            var (start, length) = inner.SpanOf(starts[index], ends[index] - starts[index]);
            outerStarts[index] = start;
            outerEnds[index] = start + length;
        }

        return new(value, outerStarts, outerEnds);
    }

    /// <summary>Collects the characters of such a text.</summary>
    public sealed class Builder(int capacity)
    {
        private readonly StringBuilder _value = new(capacity);
        private int[] _starts = new int[capacity];
        private int[] _ends = new int[capacity];

        public bool EndsWith(char character) => _value.Length > 0 && _value[^1] == character;

        public void Add(char character, int start, int end)
        {
            if (_value.Length == _starts.Length)
            {
                Array.Resize(ref _starts, Math.Max(16, _starts.Length * 2));
                Array.Resize(ref _ends, _starts.Length);
            }

            _starts[_value.Length] = start;
            _ends[_value.Length] = end;
            _value.Append(character);
        }

        public MappedText Build(IReadOnlyList<(int Start, int Length)>? hiddenRuns = null) =>
            new(_value.ToString(), _starts[.._value.Length], _ends[.._value.Length]) { HiddenRuns = hiddenRuns ?? [] };
    }
}
