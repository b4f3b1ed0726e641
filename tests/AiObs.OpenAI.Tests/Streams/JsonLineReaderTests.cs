using System.Text;
using AiObs.Http.Streams;

namespace AiObs.OpenAI.Tests.Streams;

public sealed class JsonLineReaderTests
{
    private readonly List<string> _lines = [];
    private readonly JsonLineReader _reader;
    private int _leftOut;

    public JsonLineReaderTests() => _reader = new(data => _lines.Add(Encoding.UTF8.GetString(data.Span)), () => _leftOut++);

    [Fact]
    public void Read_LinesCutAnywhere_TakesEachOnce()
    {
        var bytes = "{\"a\":1}\r\n\n{\"b\":2}\n{\"c\":3}"u8;

        for (var i = 0; i < bytes.Length; i++)
        {
            Assert.Equal(1, _reader.Read(bytes.Slice(i, 1)));
        }

        _reader.End();
        Assert.Equal(["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"], _lines);
    }

    [Fact]
    public void Read_SeveralLines_StopsAfterEach()
    {
        var bytes = "{\"a\":1}\n{\"b\":2}\n"u8;

        var first = _reader.Read(bytes);

        Assert.Equal(8, first);
        Assert.Equal(["{\"a\":1}"], _lines);
        Assert.Equal(8, _reader.Read(bytes[first..]));
        Assert.Equal(2, _lines.Count);
    }

    [Fact]
    public void Read_LineTooLong_LeavesItOutAndGoesOn()
    {
        var piece = new byte[1024 * 1024];
        piece.AsSpan().Fill((byte)'x');
        for (var length = 0; length <= LineReader.MaxLength; length += piece.Length)
        {
            _reader.Read(piece);
        }

        _reader.Read("x\n"u8);
        _reader.Read("{\"a\":1}\n"u8);

        Assert.Equal(1, _leftOut);
        Assert.Equal(["{\"a\":1}"], _lines);
    }
}
